//! What is there in which form.

use super::*;

fn fits(marks: Marks) -> Vec<(Fear, Chapter)> {
    let forms = Form::all().filter(|form| marks.fit(*form));
    forms.map(|form| (form.fear, form.chapter)).collect()
}

#[test]
fn what_presses_is_there_only_where_the_writer_is_known_not_to_be_afraid() {
    let sharing = Marks { sharing: true, ..Marks::default() };
    assert!(fits(sharing).iter().all(|(fear, _)| *fear == Fear::None));
    let never = Marks { care: CareMark::Never, ..Marks::default() };
    assert!(fits(never).iter().all(|(fear, _)| *fear != Fear::Known));
    let only = Marks { care: CareMark::Only, chapter: Some(Chapter::Apart), ..never };
    assert_eq!(fits(only), [(Fear::Known, Chapter::Apart)]);
    assert_eq!(fits(Marks::default()).len(), 6);
}

#[test]
fn where_both_hold_the_asking_is_aparts_and_the_rest_cares() {
    let changes = FormChanges { locked: 1, apart: 2, care: 3, apart_care: 0 };
    let of = |fear, chapter, is_asking| {
        changes.of(Form { fear, chapter }, is_asking, |n| (*n > 0).then_some(*n))
    };
    assert_eq!(of(Fear::Known, Chapter::Apart, true), Some(2));
    assert_eq!(of(Fear::Known, Chapter::Apart, false), Some(3));
    assert_eq!(of(Fear::Unknown, Chapter::Apart, false), Some(2));
    assert_eq!(of(Fear::Unknown, Chapter::Together, false), Some(1));
    assert_eq!(of(Fear::None, Chapter::Together, false), None);
}
