-- Who shares a practice with somebody is asked for at every page of the office's queues, from either side (view interest, 0020): without these
-- the whole table was read, 40 ms with 100,000 people on the register. The second is worded as the view words it, or it would not be used.
CREATE INDEX practice_place_postcode ON practice_place (postcode) WHERE postcode IS NOT NULL;
CREATE INDEX practice_place_practice ON practice_place (lower(trim(practice_name)), town) WHERE lower(trim(practice_name)) IS NOT NULL;
