-- Requests whose message came back, for the office's first page: few of many.
CREATE INDEX accreditation_request_failed ON accreditation_request (failed_at) WHERE ended_at IS NULL AND failed_at IS NOT NULL;
