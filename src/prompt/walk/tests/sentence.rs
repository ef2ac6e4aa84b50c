//! A sentence that was worded by hand, on the way back and forth.

use super::*;

#[test]
fn a_sentence_worded_by_hand_stays_until_a_piece_of_it_changes() {
    let all = practice::Practices::built_in();
    let guide = all.practice("guide").unwrap().clone();
    let mut walk = Walk::new(guide.part(2).unwrap(), Progress::default());
    let needs = asked(&mut walk).unwrap();
    walk.pass(&needs, None);
    answer(&mut walk, "boundary-do", words("leave"));
    answer(&mut walk, "boundary-when", words("loud"));
    answer(&mut walk, "boundary-then", words("walk"));
    let sentence = walk.practice().question(SENTENCE).unwrap().clone();
    walk.hold(&sentence, sentence.answer_with(words("I leave. That's all.")));
    walk.go_back();
    answer(&mut walk, "boundary-then", words("walk"));
    assert!(walk.progress().answer(SENTENCE).is_some(), "nothing was changed");
    walk.go_back();
    answer(&mut walk, "boundary-then", words("call"));
    assert!(walk.progress().answer(SENTENCE).is_none(), "it is built again");
    // Words that are not finished change it, too.
    walk.hold(&sentence, sentence.answer_with(words("I leave.")));
    walk.go_back();
    let then = asked(&mut walk).unwrap();
    walk.hold(&then, then.answer_with(words("sing")));
    answer(&mut walk, "boundary-then", words("sing"));
    assert!(walk.progress().answer(SENTENCE).is_none());
}
