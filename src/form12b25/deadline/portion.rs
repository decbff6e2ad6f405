//! Recognizes a portion of a Form 10-K that has a due date of its own: the information of Part III,
//! Items 10 to 14 (General Instruction G(3)).

/// Whether a portion names Items 10 to 14 of Form 10-K, or its Part III, and nothing else.
pub(super) fn is_part_three(portion: &str) -> bool {
    let lower = portion.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut items = 0;
    let mut part_three = false;
    for (word, before) in words.iter().zip([""].iter().chain(&words)) {
        if *before == "part" || *before == "parts" {
            match *word {
                "iii" | "3" => part_three = true,
                _ => return false,
            }
        } else if let Ok(number) = word.parse::<u16>() {
            if !(10..=14).contains(&number) {
                return false;
            }
            items += 1;
        } else if word.starts_with(|c: char| c.is_ascii_digit()) && *word != "10k" {
            return false;
        }
    }
    // `the financial statements` names no Item at all.
    let other = ["financial", "exhibit", "exhibits", "audit", "auditor", "controls"];
    (part_three || items > 0) && !words.iter().any(|word| other.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_10_to_14_alone_are_part_three() {
        for portion in [
            "Part III",
            "Part III (Items 10, 11, 12, 13 and 14)",
            "Items 10 through 14",
            "Item 11 (Executive Compensation)",
            "Part III, Items 10-14",
        ] {
            assert!(is_part_three(portion), "{portion}");
        }
        for portion in [
            "Item 9A (Controls and Procedures)",
            "Part II, Item 8, and Part III",
            "Items 9A, 10, 11",
            "Items 8 and 11",
            "the financial statements",
            "Part IV",
            "",
        ] {
            assert!(!is_part_three(portion), "{portion}");
        }
    }
}
