import { invoiceTo } from '#tests/helpers/payer.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { putMember, putNewcomer } from '../membership/acting.ts';
import type { Maker } from './scene.ts';

/** Records of members, as their makers: what a page under `/my` or `/join` names in its address. */

const day = (name: string, d: string, m: string, y: string) => ({ [`${name}-day`]: d, [`${name}-month`]: m, [`${name}-year`]: y });

/** The number of an invoice of the member that nobody has paid. */
export const openInvoice: Maker<string> = async (scene) => {
	const ctx = siteCtx(scene.site);
	const lines = [{ label: 'A day of training', pence: 7500 }];
	const id = invoiceTo(ctx, await scene.personId('member'), { purpose: 'other', subjectId: 'test', lines });
	ctx.db.sql.close();
	return scene.value('SELECT number FROM invoice WHERE id = ?', id);
};

const newEntry =
	(title: string): Maker<string> =>
	async (scene) => {
		const values = { title, on: '2026-11-22', long: '2', category: 'edi', as: 'log', repeatKey: `record-${title.replaceAll(' ', '-')}` };
		await scene.send('member', '/my/cpd/new', values);
		return scene.value('SELECT id FROM cpd_entry WHERE title = ?', title);
	};
export const ownEntry = newEntry('A day of training');
const entryToDelete = newEntry('A day that never was');
export const deletedEntry: Maker<string> = async (scene) => {
	const id = await scene.made(entryToDelete);
	await scene.send('member', `/my/cpd/${id}/delete`, {});
	return id;
};

/** Its reference. */
export const dataRequest: Maker<string> = async (scene) => {
	const location = await scene.send('member', '/my/data/requests/new', { kind: 'correction', said: 'My telephone number is an old one.' });
	return /DAT-[\w-]+/.exec(location)?.[0] ?? '';
};

/** The reference of a request to erase. */
export const erasureRequest: Maker<string> = async (scene) => {
	const location = await scene.send('member', '/my/data/requests/new', { kind: 'erasure', said: 'Everything that need not be kept.' });
	return /DAT-[\w-]+/.exec(location)?.[0] ?? '';
};

/** Its key. */
export const nameRequest: Maker<string> = async (scene) => {
	const asked = { givenNames: 'Renata', familyName: 'Quillfeather', formerIsShown: 'yes', evidence: 'Deed poll of May' };
	await scene.send('member', '/my/profile/changes/name', asked);
	return scene.value("SELECT id FROM change_request WHERE kind = 'name'");
};

/** Members as their own pages of membership show what they may do; each is somebody else. */
export const renewingMember: Maker<string> = ({ site }) => putMember(site, { paidToOn: '2026-12-31', name: 'Ren' });
export const organisationMember: Maker<string> = ({ site }) => putMember(site, { paidToOn: '2027-10-31', category: 'organisation', name: 'Org' });
const plainMember =
	(name: string): Maker<string> =>
	({ site }) =>
		putMember(site, { paidToOn: '2027-10-31', category: 'basic', name });
const [oneOnLeave, oneAsking, oneOrdering, oneLeaving] = ['Leo', 'Ask', 'Ord', 'Bye'].map(plainMember) as [
	Maker<string>,
	Maker<string>,
	Maker<string>,
	Maker<string>,
];
const after =
	(who: Maker<string>, act: string, values: Record<string, string>): Maker<string> =>
	async (scene) => {
		await scene.send(who, `/my/membership/${act}`, values);
		return scene.made(who);
	};
export const memberOnLeave = after(oneOnLeave, 'leave', { ...day('from', '22', '11', '2026'), ...day('to', '31', '1', '2027') });
const longLeave = { ...day('from', '1', '12', '2026'), ...day('to', '30', '11', '2027'), reason: 'A long course.' };
export const memberAskingForLeave = after(oneAsking, 'leave', longLeave);
export const memberWithOrder = after(oneOrdering, 'grade', { category: 'plus' });
export const memberWhoLeaves = after(oneLeaving, 'resign', day('last', '31', '12', '2026'));

const newcomer: Maker<string> = ({ site }) => putNewcomer(site, 'Nia');
const anotherNewcomer: Maker<string> = ({ site }) => putNewcomer(site, 'Ola');

/** Somebody with an application that is filled in and not sent. */
export const applicant: Maker<string> = async (scene) => {
	await fillIn(scene, newcomer);
	return scene.made(newcomer);
};

/** The reference of an application that waits for an officer. */
export const sentApplication: Maker<string> = async (scene) => {
	await fillIn(scene, anotherNewcomer);
	await scene.send(anotherNewcomer, '/join/apply/check', {});
	return scene.value('SELECT reference FROM membership_application WHERE person_id = ?', await scene.made(anotherNewcomer));
};

async function fillIn(scene: Parameters<Maker<unknown>>[0], who: Maker<string>): Promise<void> {
	const steps: [string, Record<string, string>][] = [
		['grade', { category: 'basic' }],
		['about', { title: '', givenNames: 'Nia', familyName: 'Newcomer', phone: '', ...day('born', '3', 'May', '1980') }],
		['profession', { body: 'HCPC', otherBody: '', reference: 'PYL1' }],
		['declarations', { conduct: 'yes', insurance: 'yes', convictions: 'yes', registers: 'yes' }],
	];
	await scene.send(who, '/join/apply', { do: 'begin' });
	for (const [step, values] of steps) await scene.send(who, `/join/apply/${step}`, values);
}

/** In the demonstration: a supervision with a session that waits to be confirmed. */
const RELATION = `SELECT r.id FROM supervision_relation r JOIN supervision_entry e ON e.relation_id = r.id
	WHERE r.supervisor_id IS NOT NULL AND r.ended_on IS NULL AND e.confirmed_at IS NULL ORDER BY r.id LIMIT 1`;
export const relation: Maker<string> = (scene) => scene.value(RELATION);
export const supervisee: Maker<string> = async (scene) =>
	scene.value('SELECT supervisee_id FROM supervision_relation WHERE id = ?', await scene.made(relation));
export const supervisor: Maker<string> = async (scene) =>
	scene.value('SELECT supervisor_id FROM supervision_relation WHERE id = ?', await scene.made(relation));
export const session: Maker<string> = async (scene) =>
	scene.value('SELECT id FROM supervision_entry WHERE relation_id = ? AND confirmed_at IS NULL LIMIT 1', await scene.made(relation));
