import type { Maker } from './scene.ts';

/** Training records of the demonstration: what a page under `/my/training` or `/office/courses` names in its address. */

const CASE = 'FROM training_case c JOIN supervision_relation r ON r.id = c.relation_id';
const SIGNED = 'EXISTS (SELECT 1 FROM training_report p WHERE p.case_id = c.id)';
const OPEN = `NOT ${SIGNED} AND NOT EXISTS (SELECT 1 FROM training_rating t WHERE t.case_id = c.id)`;

/** A trainee with cases, and their supervisor, as keys of persons. */
export const trainee: Maker<string> = ({ value }) => value(`SELECT c.person_id ${CASE} WHERE ${SIGNED} ORDER BY c.id`);
export const supervisor: Maker<string> = ({ value }) => value(`SELECT r.supervisor_id ${CASE} WHERE ${SIGNED} ORDER BY c.id`);

/** A case that is rated and signed. */
export const signedCase: Maker<string> = ({ value }) => value(`SELECT c.code ${CASE} WHERE ${SIGNED} ORDER BY c.id`);

/** A case of the same trainee of which nothing is rated or signed. */
export const openCase: Maker<string> = async (scene) => {
	const relation = scene.value(`SELECT c.relation_id ${CASE} WHERE ${SIGNED} ORDER BY c.id`);
	const counts = { sessionsPlanned: '16', sessionsHeld: '4', sessionsSupervised: '3', recordingsMade: '4', beganOn: '1/10/2026' };
	const typed = { relation, setting: 'university', ageBand: '18_24', focalArea: 'grief', endedOn: '', ending: '', note: '', ...counts };
	await scene.send(trainee, '/my/training/cases/new', typed);
	return scene.value(`SELECT c.code ${CASE} WHERE ${OPEN} ORDER BY c.id DESC`);
};

/** The address's `?rating=` of a rating that stands. */
export const standingRating: Maker<string> = async (scene) => {
	const code = await scene.made(signedCase);
	return `?rating=${scene.value('SELECT t.id FROM training_rating t JOIN training_case c ON c.id = t.case_id WHERE c.code = ?', code)}`;
};

/** A course that is approved, with people recorded; and who leads it, as the key of a person. */
export const course: Maker<string> = ({ value }) =>
	value('SELECT c.reference FROM course c JOIN course_approval a ON a.course_id = c.id WHERE c.lead_id IS NOT NULL ORDER BY c.id');
export const leadTrainer: Maker<string> = async (scene) => scene.value('SELECT lead_id FROM course WHERE reference = ?', await scene.made(course));

/** Attendance that was claimed and waits, and its owner as the key of a person. */
export const claim: Maker<string> = ({ value }) => value('SELECT reference FROM course_attendance WHERE outcome IS NULL AND retracted_at IS NULL');
export const claimant: Maker<string> = ({ value }) => value('SELECT person_id FROM course_attendance WHERE outcome IS NULL AND retracted_at IS NULL');
