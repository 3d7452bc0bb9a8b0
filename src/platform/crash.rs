//! The end of the program. A panic ends a wasm program for good: timers stop, and nothing of it may be called again.

use std::panic::PanicHookInfo;

use web_sys::Element;

use super::clock::wall_now;

/// Shows a static page in `root` when the program panics: `words` are a heading and paragraphs. They are made
/// beforehand, because nothing of the program may run afterwards. The console gets the panic's own message, which holds
/// no data of the user: panics are about the program.
pub fn show_on_panic(root: &Element, heading: &str, paragraphs: Vec<String>, reload: &str) {
    let root = send_wrapper::SendWrapper::new(root.clone());
    let heading = heading.to_owned();
    let reload = reload.to_owned();
    std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        console_error_panic_hook::hook(info);
        // A failure here can only leave the page as it was.
        show(&root, &heading, &paragraphs, &reload);
    }));
}

fn show(root: &Element, heading: &str, paragraphs: &[String], reload: &str) -> Option<()> {
    let document = root.owner_document()?;
    let element = |name: &str, class: &str, text: &str| {
        let element = document.create_element(name).ok()?;
        element.set_class_name(class);
        element.set_text_content(Some(text));
        Some(element)
    };
    let main = element("main", "crash", "")?;
    let page = element("div", "crash-text", "")?;
    page.set_attribute("role", "alert").ok()?;
    main.append_child(&page).ok()?;
    page.append_child(element("h1", "crash-heading", heading)?.as_ref()).ok()?;
    for paragraph in paragraphs {
        page.append_child(element("p", "", paragraph)?.as_ref()).ok()?;
    }
    // The same place: a query of its own makes the browser load the page again, where the hash alone would not.
    let hash = web_sys::window()?.location().hash().ok()?;
    let link = element("a", "button button-primary", reload)?;
    link.set_attribute("href", &format!("?again={}{hash}", wall_now())).ok()?;
    page.append_child(&link).ok()?;
    root.replace_children_with_node_1(&main);
    Some(())
}
