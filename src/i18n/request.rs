//! The request as it will be sent.

use super::texts;

texts! {
    request_not_yet = "It stands here as soon as the form can be sent.", "表单可以发送后，完整请求会显示在这里。";
}
