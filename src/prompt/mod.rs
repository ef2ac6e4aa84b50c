//! Question → Answer: from the command line, from JSON, from a pipe, or at the
//! prompt. The only layer that knows inquire and the terminal.

mod answers_input;
mod answers_json;
mod care_screens;
mod choice_marks;
mod choices;
mod conversation;
mod editor;
mod errors;
mod esc_menu;
mod field;
mod full_screen;
mod key_source;
mod known_editors;
mod letters;
mod line_keys;
mod linear;
mod linear_marks;
mod linear_text;
mod list_field;
mod list_keys;
mod list_prompt;
mod list_rows;
mod list_view;
mod mark_field;
mod mark_prompt;
mod offer;
mod opening;
mod option_input;
mod pager;
mod painter;
mod part;
mod passphrase;
mod password_input;
mod piped_text;
mod plugin;
mod progress;
mod prompter;
mod question_input;
mod readline_keys;
mod recalled;
mod rehearsal;
mod rescue;
mod review;
mod said;
mod scratch;
mod screen;
mod sentence;
mod signals;
mod terminal;
mod text_field;
mod text_input;
mod timer;
mod transcript;
mod two_columns;
mod unwritten;
mod vi_keys;
mod walk;
mod ways_back;
mod word_note;
mod wrapped_text;

/// How long to look whether a key waits: with no time at all the terminal layer would not
/// look.
const INSTANT: std::time::Duration = std::time::Duration::from_millis(1);

pub(crate) use answers_input::{AnswersInput, group_by_question, json_object, read_text};
pub use care_screens::{CareScreens, CareStep};
pub(crate) use choices::{
    PageEnd, choose, choose_in_session, choose_numbered, choose_one, choose_or_command,
    read_beside, read_on, read_screen, read_through, reveal_page, show_page, yes,
};
pub use conversation::{Conversation, DraftSink};
pub(crate) use conversation::{ENOUGH, breather_lines};
pub use errors::{AskError, EditorFault};
pub(crate) use esc_menu::{EscMenu, LOSE_ANSWERS, STOP_AND_KEEP, STOP_AND_LOSE};
pub(crate) use passphrase::{
    CHANGED_PASSPHRASE, FIRST_PASSPHRASE, PassphraseUse, set_new_passphrase, unlocking,
};
pub(crate) use piped_text::is_text_piped;
pub use plugin::TALK;
pub(crate) use progress::ProgressBar;
pub(crate) use question_input::{QuestionEnd, answer_line, ask_question, question_lines};
pub use recalled::RecalledAnswers;
pub(crate) use rescue::PendingAnswer;
pub(crate) use screen::Screen;
pub(crate) use terminal::Terminal;
pub use terminal::print_error;
pub(crate) use timer::count_down;
pub use transcript::Transcript;
pub use walk::{Progress, Walk, WalkStep, in_order};
