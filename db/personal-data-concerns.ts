import { MINE, type PersonalTable, row } from './personal-table.ts';

// Somebody a concern is about is told of it by the office, at a time that is right; an export never is the first to tell.
const MY_CONCERN = `SELECT id FROM concern WHERE complainant_id = :person OR (respondent_id = :person
	AND EXISTS (SELECT 1 FROM concern_step s WHERE s.concern_id = concern.id AND s.kind IN ('disclosed', 'resolution_begun')))`;

/** Tables of concerns with something about a person. */
export const CONCERN_TABLES: readonly PersonalTable[] = [
	row('concern', 'Concerns that you raised, or that you were told of', 'requests', `id IN (${MY_CONCERN})`, ['owner_id', 'has_legal_hold', 'is_urgent']),
	row('concern_party', 'Cases in which you were named, with your agreement', 'requests', `${MINE} AND agreed_at IS NOT NULL`),
	row('concern_access', 'Cases that you were let into', 'roles'),
	row('concern_step', 'What you did in cases', 'roles', 'by_person = :person', ['data']),
	row('concern_proposal', 'Steps of cases that you proposed or agreed to', 'roles', ':person IN (proposed_by, settled_by)', ['data']),
	row('concern_read', 'What you opened in cases', 'roles'),
	row('concern_message', 'When you wrote for us in cases', 'roles', 'by_person = :person'),
	row('concern_allegation', 'What you wrote down in cases', 'roles', 'added_by = :person'),
	row('concern_file', 'Files that you put into cases', 'roles', 'by_person = :person'),
];
