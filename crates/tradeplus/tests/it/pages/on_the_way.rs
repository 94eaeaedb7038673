//! Pages that only a form leads to, and those that somebody sees for a while: as sound as all others.

use super::Inspection;
use crate::apikeys::key_of;
use crate::signin::{sets_up_an_app, types_password};
use market::accounts::model::Role;
use testkit::{PASSWORD, Person, Town};

/// A reason that staff gives.
const WHY: &str = "Ticket 4711";

#[tokio::test]
async fn pages_on_the_way_are_sound_in_every_language() {
    let town = Town::new().await;
    let (ann, dee) = (town.person("Ann").await, town.person("Dee").await);
    let olga = town.staff("Olga", &[Role::Operator]).await;
    sets_up_an_app(&town, &ann).await;
    let mut seen = Inspection::default();
    for lang in ["en", "de"] {
        shown_once(&town, &ann, lang, &mut seen).await;
        by_staff(&olga, &dee, lang, &mut seen).await;
        while_leaving(&town, lang, &mut seen).await;
        while_a_bank_waits(&town, lang, &mut seen).await;
    }
    seen.must_be_clean();
}

/// Secrets; and showing who one is, for which they are.
async fn shown_once(town: &Town, ann: &Person, lang: &str, seen: &mut Inspection) {
    ann.browser.set_cookie("tp_lang", lang);
    let made = ann.post("/account/keys", &[("name", "Shop"), ("scopes", "profile:read")]).await;
    seen.look(lang, "a new key", &made);
    let (key, _) = key_of(town, ann).await;
    let replaced = ann.post(&format!("/account/keys/{key}/rotate"), &[("overlap_hours", "1")]).await;
    seen.look(lang, "a key in the place of another", &replaced);
    seen.look(lang, "keys", &ann.get("/account/keys").await);
    seen.look(lang, "new codes", &ann.post("/account/codes", &[]).await);
    seen.look(lang, "how many codes are left", &ann.get("/account/codes").await);
    seen.look(lang, "who is it, once more", &ann.get("/confirm?next=/account").await);
    let door = town.visitor();
    door.set_cookie("tp_lang", lang);
    types_password(&door, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    seen.look(lang, "the second step", &door.get("/sign-in/second").await);
}

/// Being looked at, suspended and heard.
async fn by_staff(olga: &Person, dee: &Person, lang: &str, seen: &mut Inspection) {
    olga.browser.set_cookie("tp_lang", lang);
    dee.browser.set_cookie("tp_lang", lang);
    let about = |what: &str| format!("/admin/members/{}{what}", dee.id);
    olga.post(&about("/look"), &[("reason", WHY)]).await.goes_to("/");
    seen.look(lang, "looking as a member", &olga.get("/").await);
    olga.post("/look/end", &[]).await.goes_to(&about(""));
    let verdict = [("do", "suspend"), ("reason", WHY), ("words", "The lamp was not there."), ("until", "7")];
    olga.post(&about("/suspension"), &verdict).await.goes_to(&about(""));
    dee.sign_in().await.goes_to("/account/suspension");
    seen.look(lang, "suspended", &dee.browser.get("/account/suspension").await);
    let answer = [("appeal", "It was there, in the cellar.")];
    dee.browser.post("/account/suspension", &answer).await.goes_to("/account/suspension");
    seen.look(lang, "suspended and heard", &dee.browser.get("/account/suspension").await);
    seen.look(lang, "lifting a suspension", &olga.get(&about("/suspension")).await);
    olga.post(&about("/suspension"), &[("do", "lift"), ("reason", WHY)]).await.goes_to(&about(""));
    seen.look(lang, "a member who was suspended", &olga.get(&about("")).await);
}

/// A bank account that is used, another that waits, and one that nothing was before.
async fn while_a_bank_waits(town: &Town, lang: &str, seen: &mut Inspection) {
    let fay = town.person(&format!("Fay {lang}")).await;
    fay.browser.set_cookie("tp_lang", lang);
    for (iban, how) in [("DE89370400440532013000", "used"), ("GB29NWBK60161331926819", "waiting")] {
        let named = fay.post("/account/bank/new", &[("holder", "Fay Garden"), ("iban", iban)]).await;
        named.goes_to("/account/bank");
        seen.look(lang, &format!("a bank account, {how}"), &fay.get("/account/bank").await);
    }
    seen.look(lang, "another bank account", &fay.get("/account/bank/new").await);
    let door = town.visitor();
    door.set_cookie("tp_lang", lang);
    seen.look(lang, "taking a bank account back", &door.get("/bank/undo?token=x").await);
    fay.post("/account/bank/remove", &[]).await.goes_to("/account/bank");
    fay.post("/account/bank/new", &[("holder", "Fay Garden"), ("iban", "NO9386011117947")]).await.is(303);
    seen.look(lang, "a bank account that waits alone", &fay.get("/account/bank").await);
}

/// A copy of everything, and an account that is being deleted.
async fn while_leaving(town: &Town, lang: &str, seen: &mut Inspection) {
    let eve = town.person(&format!("Eve {lang}")).await;
    eve.browser.set_cookie("tp_lang", lang);
    eve.post("/account/data/copy", &[]).await.goes_to("/account/data");
    seen.look(lang, "a copy in the making", &eve.get("/account/data").await);
    town.run_jobs().await;
    seen.look(lang, "a copy that is ready", &eve.get("/account/data").await);
    eve.post("/account/delete", &[("sure", "1")]).await.goes_to("/");
    eve.sign_in().await.goes_to("/account/data");
    seen.look(lang, "leaving", &eve.browser.get("/account/data").await);
}
