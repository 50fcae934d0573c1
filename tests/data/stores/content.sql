-- What each store holds, in the tables of the first version.
INSERT INTO contacts VALUES (1, 'Anna Lee', 'Acme', '+12125550123', 'anna@example.com'), (2, 'Jan Kowalski', NULL, NULL, NULL);
INSERT INTO contact_spellings VALUES (2, 'Yan Kovalsky');
INSERT INTO memos VALUES
    (1, '20261121-164005-0001', 1, '2026-11-21T11:40:05-05:00', '2026-11-21T16:40:05.000000+00:00', 36.5, 'microphone: Headset',
     'en', 'faster-whisper', 'base', 'd0', 'rep', '2026-11-21T11:42:05-05:00', 12.0, '2026-12-01', '14:30',
     'America/New_York', 'Tuesday', NULL, 'Anna wants the offer by Friday.', 'Ana wants the offer by Friday.', '{"segments": []}'),
    (7, '20261122-090000-0002', 2, '2026-11-22T09:00:00+00:00', '2026-11-22T09:00:00.000000+00:00', 9.0, 'microphone: Headset',
     'en', 'faster-whisper', 'base', 'd0', 'rep', '2026-11-22T09:01:00+00:00', 4.0, NULL, NULL, NULL, NULL,
     'they went with a rival', 'The zebra clause.', 'The zebra clause.', '{"segments": []}'),
    (9, '20261123-100000-0003', NULL, '2026-11-23T10:00:00+00:00', '2026-11-23T10:00:00.000000+00:00', 5.0, 'typed',
     'en', 'typed', 'typed', '', 'rep', '2026-11-23T10:01:00+00:00', 2.0, '2026-12-24', NULL, NULL, 'Christmas Eve', NULL,
     'Café Zürich, call back.', 'Café Zürich, call back.', '{"segments": []}');
INSERT INTO memo_sentences VALUES
    ('20261121-164005-0001', 0, 'Ana wants the offer by Friday.', 'Anna wants the offer by Friday.', 'edit', 12.0);
INSERT INTO followups (memo_id, contact_id, due_date, due_time, due_zone, state, calendar_uid, created_at) VALUES
    ('20261121-164005-0001', 1, '2026-12-01', '14:30', 'America/New_York', 'open', 'aftercall-20261121-164005-0001', '2026-11-21T16:42:05+00:00'),
    ('20261123-100000-0003', NULL, '2026-12-24', NULL, NULL, 'cancelled', 'aftercall-20261123-100000-0003', '2026-11-23T10:01:00+00:00');
