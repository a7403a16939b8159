import { memberAskingForLeave } from './own.ts';
import type { Maker } from './scene.ts';

/** Records of the office, as their makers: what a page under `/office` names in its address. */

/** The number of the member of the demonstration: their file is found by it. */
export const fileOf: Maker<string> = async (scene) => scene.value('SELECT number FROM registration WHERE person_id = ?', await scene.personId('member'));
/** A file, and a note in it. */
export const noteIn: Maker<string[]> = async (scene) => {
	const file = await scene.made(fileOf);
	await scene.send('membership_officer', `/office/people/${file}/note`, { text: 'Rang about the fee.', repeat: 'record' });
	return [file, scene.value('SELECT id FROM person_note')];
};
/** A file, and a letter in it. */
export const letterIn: Maker<string[]> = async (scene) => {
	const file = await scene.made(fileOf);
	await scene.send('membership_officer', `/office/people/${file}/letter`, { template: 'own', words: 'Words', way: 'print', repeat: 'record' });
	return [file, scene.value('SELECT id FROM letter')];
};
/** Registered people without an account, role or order, from the newest on. */
const QUIET = `SELECT r.number FROM registration r JOIN person p ON p.id = r.person_id WHERE p.died_on IS NULL AND p.id NOT IN
	(SELECT person_id FROM account UNION SELECT person_id FROM register_order UNION SELECT person_id FROM role_grant) ORDER BY r.sequence DESC LIMIT 1 OFFSET ?`;
/** The number of somebody whose death is recorded. */
export const fileOfTheDead: Maker<string> = async (scene) => {
	const number = scene.value(QUIET, 0);
	await scene.send('membership_officer', `/office/people/${number}/death`, { act: 'record', diedOn: '1/11/2026', evidence: 'A letter' });
	return number;
};

/** The number of somebody into whose file another was brought. */
export const mergedFile: Maker<string> = async (scene) => {
	const [winner, other] = [scene.value(QUIET, 5), scene.value(QUIET, 6)];
	await scene.send('membership_officer', `/office/people/${winner}/merge`, { act: 'merge', other, reason: 'They told us' });
	return winner;
};
/** The number of somebody for whom an officer asked for another address. */
export const addressAsked: Maker<string> = async (scene) => {
	await scene.be('member');
	const file = await scene.made(fileOf);
	const asked = { act: 'address', newEmail: 'moved@example.org', reason: 'Told us by telephone' };
	await scene.send('membership_officer', `/office/people/${file}/account`, asked);
	return file;
};

const letterSent: Maker<void> = async (scene) => {
	const letter = { template: 'own', words: 'Words', way: 'mail', repeat: 'record-mail' };
	await scene.send('membership_officer', `/office/people/${await scene.made(fileOf)}/letter`, letter);
};
/** A message that was written to somebody. */
export const message: Maker<string> = async (scene) => {
	await scene.made(letterSent);
	return scene.value("SELECT id FROM outbox WHERE kind = 'letter.own'");
};

export const leaveAsked: Maker<string> = async (scene) => {
	const personId = await scene.made(memberAskingForLeave);
	return scene.value('SELECT id FROM membership_leave_request WHERE person_id = ?', personId);
};
export const roleGrant: Maker<string> = (scene) => scene.value("SELECT id FROM role_grant WHERE role = 'auditor'");
export const rulesDraft: Maker<string> = async (scene) => {
	const location = await scene.send('registrar', '/office/settings/cpd-rules', { name: '2029-1' });
	return location.split('/').at(-1)?.split('?')[0] ?? '';
};
export const scaleDraft: Maker<string> = async (scene) => {
	const location = await scene.send('registrar', '/office/settings/rating-scale', { name: '2029-1' });
	return location.split('/').at(-1)?.split('?')[0] ?? '';
};
export const standardsDraft: Maker<string> = async (scene) => {
	const location = await scene.send('registrar', '/office/settings/standards', { name: '2029-1' });
	return location.split('/').at(-1)?.split('?')[0] ?? '';
};
export const feesDraft: Maker<string> = async (scene) => {
	const location = await scene.send('registrar', '/office/settings/fees', { name: '2029-1', fromOn: '01/04/2029' });
	return location.split('/').at(-1)?.split('?')[0] ?? '';
};
export const concession: Maker<string> = async (scene) => {
	const asked = { who: await scene.made(fileOf), fromOn: '01/01/2027', toOn: '31/12/2027', reason: 'Asked for it' };
	await scene.send('finance', '/office/payments/concessions', asked);
	return scene.value('SELECT id FROM concession');
};
export const oddPayment: Maker<string> = (scene) => scene.value('SELECT id FROM payment_event WHERE look IS NOT NULL AND looked_at IS NULL');

const PAID = 'SELECT p.id FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE p.id NOT IN (SELECT payment_id FROM refund) LIMIT 1';
/** The key of a payment that can be refunded. */
export const payment: Maker<string> = (scene) => scene.value(PAID);
/** The number of its invoice. */
export const paidInvoice: Maker<string> = async (scene) =>
	scene.value('SELECT i.number FROM invoice i JOIN payment p ON p.invoice_id = i.id WHERE p.id = ?', await scene.made(payment));

/** A hold on a member's data: its key. */
export const hold: Maker<string> = async (scene) => {
	const who = scene.value('SELECT number FROM registration ORDER BY sequence LIMIT 1');
	await scene.send('registrar', '/office/data/holds', { who, because: 'A question from the insurer is open.' });
	return scene.value('SELECT id FROM legal_hold');
};
