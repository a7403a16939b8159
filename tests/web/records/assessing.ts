import type { Maker } from './scene.ts';

/** Applications of the demonstration, by where they stand. */
const inPhase = (phase: string): Maker<string> => {
	return (scene) => scene.value('SELECT reference FROM accreditation_application WHERE phase = ? AND reference IS NOT NULL ORDER BY reference', phase);
};
export const inChecks = inPhase('checks');
export const inAssessment = inPhase('assessment');
export const waiting = inPhase('waiting_on_applicant');
export const inPanel = inPhase('panel');
/** One with a free place: its second assessor was taken off. */
export const withFreePlace: Maker<string> = async (scene) => {
	const reference = await scene.made(waiting);
	const text = `SELECT e.person_id FROM accreditation_assessor e JOIN accreditation_application a ON a.id = e.application_id
		WHERE a.reference = ? AND e.place = 2 AND e.ended_at IS NULL`;
	const person = scene.value(text, reference);
	await scene.send('membership_officer', `/office/applications/${reference}/replace`, { person, because: 'left', words: 'On leave.' });
	return reference;
};
