//! Breaking a good table on purpose.

use toml::{Table, Value};

use crate::{Fault, Process, Proof};

pub const ORDER: &str = include_str!("../../../market/processes/order.toml");
pub const LEG: &str = include_str!("../../../market/processes/leg.toml");

pub fn order() -> Process {
    Process::load(ORDER).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub fn leg() -> Process {
    Process::load(LEG).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// The order table with something changed.
pub struct Mutant {
    table: Table,
}

impl Mutant {
    pub fn new() -> Mutant {
        Mutant { table: ORDER.parse().unwrap() }
    }

    pub fn header(mut self, key: &str, value: impl Into<Value>) -> Mutant {
        self.table.insert(key.to_owned(), value.into());
        self
    }

    pub fn push(mut self, key: &str, value: &str) -> Mutant {
        self.table[key].as_array_mut().unwrap().push(value.into());
        self
    }

    fn rows(&mut self) -> &mut Vec<Value> {
        self.table["transition"].as_array_mut().unwrap()
    }

    /// Changes the first row of that name.
    pub fn set(mut self, name: &str, key: &str, value: impl Into<Value>) -> Mutant {
        let rows = self.rows().iter_mut();
        let row = rows.filter_map(Value::as_table_mut).find(|row| row["name"].as_str() == Some(name));
        row.unwrap().insert(key.to_owned(), value.into());
        self
    }

    pub fn without_key(mut self, name: &str, key: &str) -> Mutant {
        let rows = self.rows().iter_mut();
        let row = rows.filter_map(Value::as_table_mut).find(|row| row["name"].as_str() == Some(name));
        row.unwrap().remove(key).unwrap();
        self
    }

    /// Drops every row of that name.
    pub fn without(mut self, name: &str) -> Mutant {
        let before = self.rows().len();
        self.rows().retain(|row| row["name"].as_str() != Some(name));
        assert!(self.rows().len() < before, "no row {name}");
        self
    }

    pub fn row(mut self, text: &str) -> Mutant {
        let row: Table = text.parse().unwrap();
        self.rows().push(Value::Table(row));
        self
    }

    pub fn faults(self) -> Vec<Fault> {
        Process::load(&self.table.to_string()).err().unwrap_or_default()
    }

    /// Asserts that the table is refused by that proof with a sentence that has `part` in it.
    #[track_caller]
    pub fn refused(self, proof: Proof, part: &str) {
        let faults = self.faults();
        let found = faults.iter().any(|f| f.proof == proof && f.to_string().contains(part));
        assert!(found, "no {proof:?} fault about {part:?} in {faults:#?}");
    }
}
