//! The pages in a real browser, without a window: something is drawn, in light
//! and in dark and on paper, and nothing is asked of anybody.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::{Home, walk};

const INK: [[u8; 3]; 2] = [[0x1b, 0x6f, 0x78], [0x6c, 0xc4, 0xcd]];
const PAPER: [[u8; 3]; 2] = [[0xfd, 0xfc, 0xf9], [0x16, 0x19, 0x1a]];

/// Opens a page, and waits until what it was opened for is done.
fn open(home: &Home, page: &Path, options: &[&str]) {
    let profile = home.path().join("profile");
    let status = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
        .args(["--no-first-run", "--disable-background-networking", "--disable-component-update"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(options)
        .arg(format!("file://{}", page.display()))
        .current_dir(home.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

/// The pixels of a photograph of the page.
fn photograph(home: &Home, page: &Path, dark: bool) -> Vec<[u8; 3]> {
    let scheme = format!("--blink-settings=preferredColorScheme={}", if dark { 0 } else { 1 });
    open(home, page, &["--window-size=1000,6000", "--screenshot=shot.png", &scheme]);
    picture(&home.path().join("shot.png")).1
}

/// The width of a picture, and its pixels row by row.
fn picture(file: &Path) -> (usize, Vec<[u8; 3]>) {
    let file = std::io::BufReader::new(std::fs::File::open(file).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    let pixels = bytes[..frame.buffer_size()].chunks(frame.color_type.samples());
    (frame.width as usize, pixels.map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect())
}

/// A year, and one entry that would have something fetched.
fn year(asks: &str) -> Home {
    let home = Home::with_year();
    let hostile = format!(
        "</p></svg><img src=\"{asks}\"><script src=\"{asks}\"></script><style>body{{background:url({asks})}}</style>"
    );
    home.run("reflect").stdin(hostile).ok();
    home
}

fn sheets(home: &Home) -> PathBuf {
    home.run("patterns --for-paper sheets.html").ok();
    home.path().join("sheets.html")
}

fn pages(home: &Home) -> [PathBuf; 2] {
    home.run("patterns --html patterns.html").ok();
    home.run("export --format html -o journal.html").ok();
    ["patterns.html", "journal.html"].map(|name| home.path().join(name))
}

#[test]
#[ignore = "needs a headless browser"]
fn something_is_drawn_in_light_and_in_dark() {
    let home = year("about:blank");
    for page in pages(&home) {
        for (dark, (ink, paper)) in INK.into_iter().zip(PAPER).enumerate() {
            let pixels = photograph(&home, &page, dark == 1);
            let count = |colour| pixels.iter().filter(|pixel| **pixel == colour).count();
            assert!(count(paper) > pixels.len() / 2, "{page:?} {dark}: the paper");
            assert!(count(ink) > 5_000, "{page:?} {dark}: {} of ink", count(ink));
        }
    }
}

#[test]
#[ignore = "needs a headless browser and poppler"]
fn it_prints_on_a4_and_on_letter_with_a_margin_and_without_an_empty_page() {
    let home = year("about:blank");
    for page in pages(&home) {
        for (size, points) in [("A4", "594.96 x 841.92"), ("letter", "612 x 792")] {
            // The page leaves the size to the reader's printer; here it is this one.
            let text = std::fs::read_to_string(&page).unwrap();
            let sized = text.replace("</style>", &format!("@page {{ size: {size}; }}</style>"));
            let sized = home.write("sized.html", sized);
            open(&home, &sized, &["--no-pdf-header-footer", "--print-to-pdf=page.pdf"]);
            assert!(told(&home, "pdfinfo", &["page.pdf"]).contains(points), "{page:?} {size}");
            let text = told(&home, "pdftotext", &["page.pdf", "-"]);
            assert!(text.matches('\u{c}').count() > 2, "there are pages");
            // A line may end anywhere in a column.
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains("<script src="), "what was written is there to be read");
            told(&home, "pdftoppm", &["-r", "50", "-l", "12", "-png", "page.pdf", "sheet"]);
            let sheets: Vec<PathBuf> = walk(home.path())
                .into_iter()
                .filter(|f| f.file_name().unwrap().to_string_lossy().starts_with("sheet"))
                .collect();
            assert!(sheets.len() > 2);
            for sheet in sheets {
                assert_well_printed(&sheet);
                std::fs::remove_file(sheet).unwrap();
            }
        }
    }
}

#[test]
#[ignore = "needs a headless browser and poppler"]
fn a_year_for_a_therapist_is_two_sheets_of_either_paper() {
    let home = year("about:blank");
    let text = std::fs::read_to_string(sheets(&home)).unwrap();
    for size in ["A4", "letter"] {
        let sized = text.replace("</style>", &format!("@page {{ size: {size}; }}</style>"));
        let sized = home.write("sized.html", sized);
        open(&home, &sized, &["--no-pdf-header-footer", "--print-to-pdf=page.pdf"]);
        let info = told(&home, "pdfinfo", &["page.pdf"]);
        let pages = info.lines().find_map(|line| line.strip_prefix("Pages:"));
        assert_eq!(pages.map(str::trim), Some("2"), "{size}");
    }
}

#[test]
#[ignore = "needs a headless browser and poppler"]
fn on_paper_no_count_beside_a_bar_goes_over_two_lines() {
    let home = year("about:blank");
    let [page, _] = pages(&home);
    open(&home, &page, &["--no-pdf-header-footer", "--print-to-pdf=page.pdf"]);
    let text = told(&home, "pdftotext", &["page.pdf", "-"]);
    // What begins a cell begins a line.
    let is_begun = |line: &&str| {
        line.strip_suffix(" of").is_some_and(|count| count.chars().all(|it| it.is_ascii_digit()))
    };
    assert!(text.lines().any(|line| line.contains(" of ")), "there are counts");
    assert_eq!(text.lines().filter(is_begun).collect::<Vec<_>>(), [""; 0]);
}

/// Something stands on it, nothing in its margin of 18 mm (but for a hair), and no block of
/// colour that is larger than a day of a calendar.
fn assert_well_printed(sheet: &Path) {
    const MARGIN: usize = 16 * 50 / 25;
    let (width, pixels) = picture(sheet);
    let height = pixels.len() / width;
    let marked = |(at, pixel): &(usize, &[u8; 3])| {
        (**pixel != [255, 255, 255]).then_some((at % width, at / width))
    };
    let marks: Vec<(usize, usize)> = pixels.iter().enumerate().filter_map(|p| marked(&p)).collect();
    assert!(marks.len() > 100, "{sheet:?} is empty");
    let inside = |at: usize, of: usize| (MARGIN..of - MARGIN).contains(&at);
    let outside = marks.iter().find(|(x, y)| !inside(*x, width) || !inside(*y, height));
    assert_eq!(outside, None, "{sheet:?} of {width} x {height}");
    let block = largest_square(width, &pixels);
    assert!(block <= LARGEST_BLOCK, "{sheet:?} has {block} pixels of one colour on each side");
}

/// In pixels, of 50 an inch: half a centimetre.
const LARGEST_BLOCK: usize = 10;

/// The side of the largest square of one colour that isn't the paper's.
fn largest_square(width: usize, pixels: &[[u8; 3]]) -> usize {
    let mut sides = vec![0; pixels.len()];
    for at in 0..pixels.len() {
        let is_block = pixels[at] != [255, 255, 255];
        let beside = (at % width != 0 && at >= width).then(|| [at - 1, at - width, at - width - 1]);
        sides[at] = match beside {
            Some(all) if is_block && all.iter().all(|it| pixels[*it] == pixels[at]) => {
                1 + all.map(|it| sides[it]).into_iter().min().unwrap_or(0)
            }
            _ => usize::from(is_block),
        };
    }
    sides.into_iter().max().unwrap_or(0)
}

fn told(home: &Home, program: &str, arguments: &[&str]) -> String {
    let run = Command::new(program).args(arguments).current_dir(home.path()).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    String::from_utf8_lossy(&run.stdout).into_owned()
}

/// What a page that may run scripts says of itself once it is laid out: how wide it is,
/// what it is shown on, and its smallest letter, in pixels of the screen.
const MEASURE: &str = "<script>addEventListener('load', () => {
    let smallest = Infinity;
    for (const it of document.querySelectorAll('main *')) {
        const words = [...it.childNodes].some(node => node.nodeType == 3 && node.data.trim());
        if (!words || !it.checkVisibility()) continue;
        const drawing = it.closest('svg');
        const scale = drawing ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
        smallest = Math.min(smallest, parseFloat(getComputedStyle(it).fontSize) * scale);
    }
    const root = document.documentElement;
    parent.postMessage(['measured', innerWidth, root.scrollWidth, smallest, ''].join(' '), '*');
})</script></body>";

#[test]
#[ignore = "needs a headless browser"]
fn on_a_phone_nothing_is_wider_than_the_screen_and_no_letter_is_small() {
    let home = year("about:blank");
    for page in pages(&home).into_iter().chain([sheets(&home)]) {
        let free = with_script(&home, &page, MEASURE);
        for width in [390, 700, 1000] {
            let [shown, wide, smallest] = measured(&home, &free, width);
            assert_eq!(shown, f64::from(width), "{page:?}");
            assert!(wide <= shown, "{page:?} is {wide} wide on {shown}");
            assert!(smallest >= 11.99, "{page:?} has letters of {smallest} px at {width}");
        }
    }
}

/// How many tables have the marks of two people, how far apart those of one table begin at
/// most, and how far they end behind the screen.
const MARKS: &str = "<script>addEventListener('load', () => {
    let [tables, apart, behind] = [0, 0, 0];
    for (const table of document.querySelectorAll('.chart')) {
        const marks = [...table.querySelectorAll('svg.move')].map(mark => mark.getBoundingClientRect());
        const starts = marks.map(mark => mark.left);
        if (table.querySelector('td:has(svg.move) + td svg.move')) tables += 1;
        if (marks.length) apart = Math.max(apart, Math.max(...starts) - Math.min(...starts));
        behind = Math.max(behind, ...marks.map(mark => mark.right - innerWidth));
    }
    parent.postMessage(['measured', tables, apart, behind, ''].join(' '), '*');
})</script></body>";

#[test]
#[ignore = "needs a headless browser"]
fn on_a_phone_the_marks_of_two_people_begin_at_one_place() {
    let home = year("about:blank");
    for page in [pages(&home)[0].clone(), sheets(&home)] {
        let [tables, apart, behind] = measured(&home, &with_script(&home, &page, MARKS), 390);
        assert!(tables > 0.0, "{page:?} has no marks of two");
        assert!(apart < 0.1, "{page:?}: {apart} px apart");
        assert!(behind <= 0.0, "{page:?}: {behind} px behind the screen");
    }
}

/// The page's own policy lets no script run.
fn with_script(home: &Home, page: &Path, script: &str) -> PathBuf {
    let text = std::fs::read_to_string(page).unwrap();
    let policy = text.find("<meta http-equiv").unwrap();
    let end = policy + text[policy..].find('>').unwrap() + 1;
    home.write("free.html", text[..policy].to_owned() + &text[end..].replace("</body>", script))
}

/// No window of the browser's is as narrow as a phone; a frame within one is.
fn measured(home: &Home, page: &Path, width: u32) -> [f64; 3] {
    let frame = format!(
        "<script>onmessage = event => document.title = event.data</script>\
         <iframe src=\"file://{}\" style=\"border: 0; height: 844px; width: {width}px\"></iframe>",
        page.display()
    );
    let frame = home.write("frame.html", frame);
    let profile = format!("--user-data-dir={}", home.path().join("profile").display());
    let address = format!("file://{}", frame.display());
    let time = "--virtual-time-budget=10000";
    let arguments =
        ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", time, &profile, &address];
    let dom = told(home, "chromium", &arguments);
    let title = dom.split("<title>measured ").nth(1).unwrap_or_else(|| panic!("{dom}"));
    let mut numbers = title.split(' ').map(|number| number.parse().unwrap_or(f64::NAN));
    std::array::from_fn(|_| numbers.next().unwrap())
}

#[test]
#[ignore = "needs a headless browser"]
fn nothing_is_asked_of_anybody() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let asks = format!("http://{}/x", listener.local_addr().unwrap());
    let home = year(&asks);
    let asked = |patience: Duration| {
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if listener.accept().is_ok() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    };
    for page in pages(&home) {
        photograph(&home, &page, false);
        assert!(!asked(Duration::from_millis(300)), "{page:?} asked");
    }
    // And a page that does ask is seen to.
    let asking = home.write("asking.html", format!("<img src=\"{asks}\">"));
    let opened = std::thread::scope(|scope| {
        let seen = scope.spawn(|| asked(Duration::from_secs(20)));
        open(&home, &asking, &["--screenshot=shot.png", "--timeout=3000"]);
        seen.join().unwrap()
    });
    assert!(opened);
}
