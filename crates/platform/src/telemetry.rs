//! What the program tells about itself: log lines on standard error, and counters for `GET /metrics`.

use crate::config::{Log, LogFormat};
use metrics_exporter_prometheus::{
    BuildError, Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};
use std::io::{self, IsTerminal, Write, stderr};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// Why telemetry could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("log.level cannot be used: {0}")]
    Level(#[from] tracing_subscriber::filter::ParseError),
    #[error("a log is being written already: {0}")]
    Twice(#[from] TryInitError),
    #[error("the metrics cannot be counted: {0}")]
    Metrics(#[from] BuildError),
}

/// Starts the log of this process. Lines go to standard error, because standard output belongs to results.
///
/// # Errors
/// [`TelemetryError::Level`] when the level is no filter, [`TelemetryError::Twice`] on a second call.
pub fn start(log: &Log) -> Result<(), TelemetryError> {
    let filter = EnvFilter::try_new(&log.level)?;
    match log.format {
        LogFormat::Text => text(filter, stderr().is_terminal(), stderr).try_init()?,
        LogFormat::Json => json(filter, stderr).try_init()?,
    }
    Ok(())
}

/// For people: a line an event, whatever stands in it, with its time in UTC. `colours`: for a terminal.
fn text<W, M>(filter: EnvFilter, colours: bool, writer: M) -> impl tracing::Subscriber + Send + Sync + 'static
where
    W: Write + 'static,
    M: Fn() -> W + Send + Sync + 'static,
{
    let writer = move || OneLine { to: writer(), colours };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_ansi(colours).finish()
}

/// Writes an event as one line: what would end it, or move about on a terminal, is written as its name.
struct OneLine<W> {
    to: W,
    /// Codes of colours are left as they are: they come from us, and do nothing else.
    colours: bool,
}

impl<W: Write> Write for OneLine<W> {
    /// `event` is a whole one, with the end of its line.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let (line, end) = text.strip_suffix('\n').map_or((&*text, ""), |line| (line, "\n"));
        let mut named = String::with_capacity(text.len());
        for (at, c) in line.char_indices() {
            let is_ours = c == '\t' || (self.colours && is_colour(&line[at..]));
            match c.is_control() && !is_ours {
                true => named.extend(c.escape_default()),
                false => named.push(c),
            }
        }
        named.push_str(end);
        self.to.write_all(named.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Whether a text begins with an escape for a colour (ECMA-48, SGR): digits and semicolons up to an `m`.
fn is_colour(text: &str) -> bool {
    let code = text.strip_prefix("\u{1b}[").unwrap_or_default();
    code.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
}

/// For collectors: an object a line, whatever stands in it, with its time in UTC.
fn json<W>(filter: EnvFilter, writer: W) -> impl tracing::Subscriber + Send + Sync + 'static
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).json().flatten_event(true).finish()
}

/// Upper bounds of the histograms of durations, seconds: metrics whose name ends in `_seconds`.
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// The counters, gauges and histograms of this process.
#[derive(Clone, Debug)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Counts for the whole process from now on: `metrics::counter!` and its like arrive here.
    ///
    /// # Errors
    /// [`TelemetryError::Metrics`] on a second call.
    pub fn install() -> Result<Self, TelemetryError> {
        let recorder = recorder()?;
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).map_err(BuildError::from)?;
        Ok(Self(handle))
    }

    /// Counts nothing: for tests, of which many share a process.
    ///
    /// # Errors
    /// None in practice; the type is that of `install`.
    pub fn detached() -> Result<Self, TelemetryError> {
        Ok(Self(recorder()?.handle()))
    }

    /// All values in the Prometheus text format. Also folds what histograms gathered, so it wants to be
    /// called now and then.
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

fn recorder() -> Result<PrometheusRecorder, BuildError> {
    let seconds = Matcher::Suffix("_seconds".to_owned());
    Ok(PrometheusBuilder::new().set_buckets_for_metric(seconds, SECONDS)?.build_recorder())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What somebody may write to look like a line of ours, or to move about on a terminal.
    const TRICKS: [&str; 5] = [
        "a\r\n{\"level\":\"ERROR\"}",
        "\u{1b}[2J\u{1b}[31m",
        "\"}, {\"x\": \"",
        "\u{2028}\u{0}",
        "%s {} $name",
    ];

    /// As it is told, as the text of an error, and as the text of a field.
    #[test]
    fn an_event_is_one_line_whatever_stands_in_it() {
        for colours in [false, true] {
            let page = Page::default();
            let writer = page.clone();
            let to = text(EnvFilter::new("info"), colours, move || writer.clone());
            tracing::subscriber::with_default(to, || {
                for trick in TRICKS {
                    tracing::info!(target: "http", path = trick, error = %trick, "{trick}");
                }
            });
            let written = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
            assert_eq!(written.lines().count(), TRICKS.len(), "{written}");
            assert!(written.lines().all(|line| line.contains("INFO") && line.contains('Z')), "{written}");
            let odd = |c: char| c.is_control() && c != '\n' && !(colours && c == '\u{1b}');
            assert!(!written.contains(odd), "{written:?}");
            assert!(!written.contains("\u{1b}[2J"), "nobody wipes a terminal: {written:?}");
        }
    }

    /// Who, what, when, how bad; and nobody writes a line of their own into the log.
    #[test]
    fn a_line_is_an_object_whatever_stands_in_it() {
        let page = Page::default();
        let writer = page.clone();
        let tricks = TRICKS;
        tracing::subscriber::with_default(json(EnvFilter::new("info"), move || writer.clone()), || {
            for trick in tricks {
                tracing::info!(target: "http", path = trick, request_id = "req_1", status = 404, "{trick}");
            }
            tracing::debug!("not at this level");
        });
        let written = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<serde_json::Value> =
            written.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), tricks.len());
        for (line, trick) in lines.iter().zip(tricks) {
            assert_eq!((line["path"].as_str(), line["message"].as_str()), (Some(trick), Some(trick)));
            assert_eq!((line["level"].as_str(), line["target"].as_str()), (Some("INFO"), Some("http")));
            assert_eq!((line["request_id"].as_str(), line["status"].as_u64()), (Some("req_1"), Some(404)));
            let at = line["timestamp"].as_str().unwrap();
            assert!(at.ends_with('Z') && at.contains('T'), "{at}");
        }
        assert!(!written.contains('\u{1b}'), "no control characters");
    }

    #[test]
    fn durations_are_counted_in_buckets() {
        let recorder = recorder().unwrap();
        let metrics = Metrics(recorder.handle());
        metrics::with_local_recorder(&recorder, || {
            metrics::counter!("tradeplus_tests_total").increment(2);
            metrics::histogram!("tradeplus_wait_seconds").record(0.02);
        });
        let text = metrics.render();
        assert!(text.contains("tradeplus_tests_total 2"), "{text}");
        assert!(text.contains("tradeplus_wait_seconds_bucket{le=\"0.025\"} 1"), "{text}");
    }
}
