//! What somebody has to prove who they are with, beside a password.

use crate::accounts::model::Method;

/// How an account is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Enrolled {
    /// Keys on devices.
    pub passkeys: i64,
    /// An authenticator app.
    pub totp: bool,
    /// Recovery codes that were not used yet.
    pub codes_left: i64,
    /// Codes by mail.
    pub mail: bool,
    /// Codes by SMS.
    pub phone: bool,
}

impl Enrolled {
    /// Whether signing in with a password asks for a second factor. A passkey is one by itself.
    pub const fn is_on(&self) -> bool {
        self.totp || self.mail || self.phone
    }

    /// Whether there is something that is good enough for staff.
    pub const fn is_strong(&self) -> bool {
        self.totp || self.passkeys > 0
    }

    /// What a recovery code stands for: what it takes the place of, and nothing better.
    pub const fn recovery_stands_for(&self) -> Method {
        match (self.totp, self.mail) {
            (true, _) => Method::Recovery,
            (false, true) => Method::Mail,
            (false, false) => Method::Sms,
        }
    }

    /// The codes that are good enough for staff, the best first. A recovery code is one in place of an app only.
    pub fn offered_to_staff(&self) -> Vec<Method> {
        let is_good = |method: &Method| self.totp && matches!(method, Method::Totp | Method::Recovery);
        self.offered().into_iter().filter(is_good).collect()
    }

    /// What may be shown, the best first.
    pub fn offered(&self) -> Vec<Method> {
        let mut all = Vec::new();
        if self.totp {
            all.push(Method::Totp);
        }
        if self.is_on() && self.codes_left > 0 {
            all.push(Method::Recovery);
        }
        if self.mail {
            all.push(Method::Mail);
        }
        if self.phone {
            all.push(Method::Sms);
        }
        all
    }
}
