import { ownArea, packs } from '#features/complaints/index.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { approvedPack, madePack, versionOf } from '#tests/helpers/concern-packs.ts';
import { act, inPreparation } from '#tests/helpers/concern-scene.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { accreditedMember, as, colleague } from '#tests/helpers/upkeep.ts';
import type { Maker } from './scene.ts';

/** Both sides of a concern: what a page under `/my/concerns` or of packs names in its address. */

type Kept = { owner: string; second: string; therapist: string; speaker: string; told: string; settling: string };

/** `told`: laid before the therapist, with a second pack that is being made. `settling`: terms wait for an answer, and a pack for its check. */
const everything: Maker<Kept> = ({ site }) => {
	const ctx = siteCtx(site);
	const { db } = ctx;
	const someone = (id: string, roles: Parameters<typeof as>[2]): Someone => ({ id, ctx: as(ctx, id, roles, TODAY) });
	const owner = someone(colleague(db, 'Sidonia', 'complaints_officer'), ['complaints_officer']);
	const lay = someone(colleague(db, 'Silas', 'lay_panel_member'), ['lay_panel_member']);
	const member = (name: string) => accreditedMember(db, name, [{ fromOn: '2022-03-01', toOn: '2027-02-28' }], TODAY);
	const therapist = someone(member('Sideny'), ['member']);
	const speaker = member('Speakers');
	const people = { owner, lay, about: therapist, words: 'I live at 4 Mill Lane.' };
	const cover = [{ words: '4 Mill Lane', because: 'address' as const }];
	const told = inPreparation(ctx, people).reference;
	approvedPack(owner, lay, told, { cover });
	act(owner, told, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
	madePack(owner, told, { side: 'complainant', cover });
	const number = db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(speaker) as string;
	ownArea.nameHelper(therapist.ctx, told, { kind: 'representative', name: 'Spencer', reach: '', number });
	const settling = inPreparation(ctx, people).reference;
	act(owner, settling, 'settle', { told: 'We begin.', toldRespondent: 'We begin.', words: '' });
	act(owner, settling, 'offer', { words: 'A letter of apology.', months: '6' });
	const no = madePack(owner, settling, { side: 'complainant', cover });
	packs.sendPack(owner.ctx, settling, { no, version: versionOf(owner, settling, no) });
	db.sql.close();
	return { owner: owner.id, second: lay.id, therapist: therapist.id, speaker, told, settling };
};

const one =
	(key: keyof Kept): Maker<string> =>
	async (scene) =>
		(await scene.made(everything))[key];
export const owner = one('owner');
export const second = one('second');
export const therapist = one('therapist');
export const speaker = one('speaker');
export const told = one('told');
export const settling = one('settling');
export const line: Maker<string[]> = async (scene) => [await scene.made(told), '2', '1'];
export const sending: Maker<string[]> = async (scene) => [await scene.made(told), '2', 'send'];
