"""What became of each call, which numbers were wrong, and of each promise what was agreed and when it was held."""

# Memos of earlier versions have no outcome, and count as talks as they did: what they closed stays closed.
#
# `memo_id` and `as_of` tell a change that follows from a memo from one that the rep made by hand: when a memo is
# confirmed late, the course of all calls with the contact is told anew, from both, in the order in which they took
# place. A change whose memo is erased counts as the rep's own from then on, so that erasing opens nothing.
#
# The longer index on memos answers who was reached when without looking at a memo, of which the words are most.
SQL = """
ALTER TABLE memos ADD COLUMN outcome TEXT CHECK (outcome IN (
    'reached', 'they_called', 'voicemail', 'no_answer', 'gatekeeper', 'wrong_number', 'no_call'
));
DROP INDEX memos_contact_id_spoken_at;
CREATE INDEX memos_contact_id_spoken_at ON memos (contact_id, spoken_at_utc, spoken_at, outcome);
CREATE INDEX memos_spoken_at_outcome ON memos (spoken_at_utc, spoken_at, outcome);

ALTER TABLE followups ADD COLUMN agreed_date TEXT;
ALTER TABLE followups ADD COLUMN held_on TEXT;

ALTER TABLE followup_events ADD COLUMN memo_id TEXT REFERENCES memos (id) ON DELETE SET NULL;
ALTER TABLE followup_events ADD COLUMN as_of TEXT;
ALTER TABLE followup_events ADD COLUMN to_zone TEXT;
CREATE INDEX followup_events_memo_id ON followup_events (memo_id);

UPDATE followup_events SET to_zone = (SELECT due_zone FROM followups WHERE id = followup_id)
    WHERE to_date IS NOT NULL;
UPDATE followup_events SET memo_id = (SELECT memo_id FROM followups WHERE id = followup_id) WHERE what = 'opened';
UPDATE followup_events SET memo_id = (SELECT closed_by_memo_id FROM followups WHERE id = followup_id)
    WHERE what = 'done' AND at = (SELECT closed_at FROM followups WHERE id = followup_id);
UPDATE followups SET agreed_date = coalesce(
    (SELECT to_date FROM followup_events WHERE followup_id = followups.id AND what IN ('opened', 'agreed')
        ORDER BY followup_events.id DESC LIMIT 1),
    due_date
);
UPDATE followups SET held_on = coalesce(
    (SELECT substr(spoken_at, 1, 10) FROM memos WHERE memos.id = closed_by_memo_id), substr(closed_at, 1, 10)
) WHERE state = 'done';

CREATE TABLE wrong_numbers (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    value TEXT NOT NULL,
    memo_id TEXT NOT NULL REFERENCES memos (id) ON DELETE CASCADE,
    PRIMARY KEY (contact_id, value, memo_id)
);
CREATE INDEX wrong_numbers_memo_id ON wrong_numbers (memo_id);
"""
