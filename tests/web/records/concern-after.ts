import { afterwards } from '#features/complaints/index.ts';
import { standingByReference } from '#features/complaints/step.ts';
import { withdrawnOn } from '#tests/features/complaints/after-scene.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { as, colleague } from '#tests/helpers/upkeep.ts';
import type { Maker } from './scene.ts';

/** What comes after a case: what a page of retention or of a review from outside names in its address. */
type Kept = { officer: string; lead: string; reviewer: string; due: string; proposed: string; own: string; room: string };
export const CANARY = 'quillwortham';

/** `due`: its time has come. `proposed`: to be destroyed, by the officer; `own`: the same, by the data lead. `room`: for the reviewer, open today. */
const everything: Maker<Kept> = ({ site }) => {
	const ctx = siteCtx(site);
	const someone = (name: string, role: Parameters<typeof colleague>[2]): Someone => {
		const id = colleague(ctx.db, name, role === 'external_reviewer' ? 'auditor' : role);
		// The role of a reviewer from outside always has a last day.
		if (role === 'external_reviewer') ctx.db.sql.prepare("UPDATE role_grant SET role = 'external_reviewer', to_on = '2027-06-30' WHERE person_id = ?").run(id);
		return { id, ctx: as(ctx, id, [role], TODAY) };
	};
	const [officer, lead, reviewer] = [someone('Afton', 'complaints_officer'), someone('Regan', 'registrar'), someone('Revel', 'external_reviewer')];
	const [due, proposed, own] = ['2021-03-02', '2021-03-03', '2021-03-04'].map((day) => withdrawnOn(ctx, day, officer, { words: CANARY }).reference) as [
		string,
		string,
		string,
	];
	afterwards.markDueConcerns(ctx);
	const seenIn = (reference: string) => standingByReference(ctx.db, reference).seen;
	afterwards.proposeDestruction(officer.ctx, proposed, { seen: seenIn(proposed) });
	afterwards.proposeDestruction(lead.ctx, own, { seen: seenIn(own) });
	const room = afterwards.makeRoom(officer.ctx, { reviewer: reviewer.id, fromOn: TODAY, untilOn: TODAY, size: 2 });
	ctx.db.sql.close();
	return { officer: officer.id, lead: lead.id, reviewer: reviewer.id, due, proposed, own, room };
};

const one =
	(key: keyof Kept): Maker<string> =>
	async (scene) =>
		(await scene.made(everything))[key];
export const officer = one('officer');
export const lead = one('lead');
export const reviewer = one('reviewer');
export const due = one('due');
export const proposed = one('proposed');
export const own = one('own');
export const room = one('room');
