use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::cpu_percentage::CpuPercentage;
use crate::domain::location::Location;
use crate::domain::operation::{ConnectionId, Kind, OperationKey};

fn members(value: Value) -> Members {
    Members::of(value).unwrap()
}

#[test]
fn absent_null_and_a_wrong_type_are_told_apart() {
    let object = || members(json!({"null": null, "number": 7, "text": "x"}));
    assert_eq!(object().required::<String>("text"), Ok("x".to_owned()));
    for key in ["absent", "null", "number"] {
        assert_eq!(object().required::<String>(key), Err(Shape), "{key}");
    }
    for key in ["absent", "null"] {
        assert_eq!(object().optional::<String>(key), Ok(None), "{key}");
    }
    assert_eq!(object().optional::<String>("number"), Err(Shape));
    assert_eq!(object().or_default::<String>("absent"), Ok(String::new()));
    assert_eq!(object().or_default::<String>("null"), Err(Shape));
}

#[test]
fn what_was_not_taken_is_left_over() {
    let mut object = members(json!({"id": "x", "shiny": [1]}));
    assert_eq!(object.required::<String>("id"), Ok("x".to_owned()));
    assert_eq!(object.into_value(), json!({"shiny": [1]}));
}

#[test]
fn numbers_are_whole_where_whole_ones_are_due() {
    assert_eq!(i64::from_json(json!(-3)), Ok(-3));
    assert_eq!(u64::from_json(json!(-3)), Err(Shape));
    assert_eq!(u32::from_json(json!(1_u64 << 32)), Err(Shape));
    assert_eq!(i64::from_json(json!(3.0)), Err(Shape));
    assert_eq!(f64::from_json(json!(3)), Ok(3.0));
    assert_eq!(CpuPercentage::from_json(json!(81)), Err(Shape));
}

#[test]
fn a_variant_is_a_word_or_an_object_of_one_member() {
    assert_eq!(variant(json!("intended")), Ok(("intended".to_owned(), Value::Null)));
    assert_eq!(variant(json!({"ended": 1})), Ok(("ended".to_owned(), json!(1))));
    for other in [json!({}), json!({"a": 1, "b": 2}), json!(null), json!([])] {
        assert_eq!(variant(other.clone()), Err(Shape), "{other}");
    }
}

#[test]
fn what_is_empty_is_left_out_where_that_is_asked() {
    let object = Members::default()
        .put("kept", &String::new())
        .put_filled("text", &String::new())
        .put_filled("names", &Vec::<String>::new())
        .put_filled("map", &BTreeMap::<String, String>::new())
        .put_some("none", None::<&bool>)
        .put_filled("some", &vec!["a".to_owned()]);
    assert_eq!(object.into_value(), json!({"kept": "", "some": ["a"]}));
}

#[test]
fn a_key_has_the_members_of_its_location_among_its_own() {
    let text = r#"{"backend":"s3","bucket":"b","connection":"prod","id":"n-1","kind":"restore"}"#;
    let key = OperationKey {
        connection: ConnectionId("prod".into()),
        kind: Kind::Restore,
        backend: "s3".into(),
        location: Location::new("b", ""),
        id: "n-1".into(),
    };
    assert_eq!(key.to_json().to_string(), text);
    assert_eq!(read(text), Ok(key));
    assert_eq!(read::<OperationKey>(&text.replace("restore", "Restore")), Err(Shape));
}

proptest! {
    #[test]
    fn names_go_both_ways(names in prop::collection::btree_set("\\PC{0,8}", 0..5)) {
        prop_assert_eq!(BTreeSet::from_json(names.to_json()), Ok(names.clone()));
        let listed: Vec<String> = names.into_iter().collect();
        prop_assert_eq!(read(&listed.to_json().to_string()), Ok(listed));
    }
}

#[derive(Debug, PartialEq)]
struct Every {
    required: String,
    defaulted: String,
    filled: String,
    optional: Option<String>,
    nullable: Option<String>,
    others: Map<String, Value>,
}

json_members!(Every with others {
    required: required "required",
    defaulted: defaulted "defaulted",
    filled: filled "filled",
    optional: optional "optional",
    nullable: nullable "nullable",
});

#[test]
fn each_kind_of_member_is_read_and_written_as_its_table_says() {
    let least = Every::from_json(json!({"required": "x"})).unwrap();
    assert_eq!(least.to_json(), json!({"required": "x", "defaulted": "", "nullable": null}));
    let nulls = Every::from_json(json!({"required": "x", "optional": null, "nullable": null})).unwrap();
    assert_eq!(nulls, least);
    for key in ["required", "defaulted", "filled"] {
        assert_eq!(Every::from_json(json!({"required": "x", key: null})), Err(Shape), "{key}");
    }
    assert_eq!(Every::from_json(json!({})), Err(Shape));
    let full =
        json!({"required": "a", "defaulted": "b", "filled": "c", "optional": "d", "nullable": "e", "shiny": [1]});
    assert_eq!(Every::from_json(full.clone()).unwrap().to_json(), full);
}

#[test]
fn a_map_is_written_with_its_members() {
    let value = serde_json::json!({"version": "1.39.0", "modules": {"backup-s3": {"bucketName": "b"}}});
    assert_eq!(crate::api::wire::Meta::from_json(value.clone()).unwrap().to_json(), value);
}

#[test]
fn numbers_are_written_as_they_are_read() {
    let count = u64::from_json(json!(7)).unwrap();
    assert_eq!((count, count.to_json()), (7, json!(7)));
}

#[test]
fn a_map_of_texts_takes_texts_only() {
    let read = |value| BTreeMap::<String, String>::from_json(value);
    assert_eq!(read(json!({"a": "b"})), Ok(BTreeMap::from([("a".to_owned(), "b".to_owned())])));
    assert!(read(json!({"a": 1})).is_err());
}

#[test]
fn what_was_read_as_a_type_is_written_as_it_was() {
    use crate::domain::compression::CompressionLevel;
    use crate::domain::server_url::ServerUrl;
    fn again<T: Json>(value: &Value) -> Option<Value> {
        T::from_json(value.clone()).ok().map(|read| read.to_json())
    }
    let (cpu, level, url) = (json!(42), json!("BestSpeed"), json!("http://localhost:8080"));
    assert_eq!(again::<CpuPercentage>(&cpu), Some(cpu));
    assert_eq!(again::<CompressionLevel>(&level), Some(level));
    assert_eq!(again::<ServerUrl>(&url), Some(url));
    let of_any_shape = json!([{"version": 99}, null, "text"]);
    assert_eq!(again::<Vec<Value>>(&of_any_shape), Some(of_any_shape));
}
