import type { Ctx } from '#core/ctx.ts';
import { aPanel, ask, type PanelCase, reportedCase } from '#tests/helpers/concern-panels.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import type { Maker } from './scene.ts';

/** Panels of concerns: what a page under `/office/concerns/[reference]/panels` names in its address. */

type Kept = { owner: string; secretary: string; chair: string; fresh: string; voting: string };

/** `fresh`: waits for a panel. `voting`: its screening panel votes on the first question. */
const everything: Maker<Kept> = ({ site }) => {
	const ctx = siteCtx(site);
	const [fresh, made] = [reportedCase(ctx), reportedCase(ctx)];
	const { chair } = sitting(ctx, made);
	ctx.db.sql.close();
	return { owner: fresh.owner.id, secretary: made.secretary.id, chair: chair.id, fresh: fresh.reference, voting: made.reference };
};

/** Composed today, and sat down at once: a page cannot wait for its day. */
function sitting(ctx: Ctx, made: PanelCase) {
	const table = aPanel(made, 'screening', TODAY);
	ctx.db.sql.prepare('UPDATE concern_panel SET sits_on = ? WHERE concern_id = ?').run(TODAY, made.id);
	ask(made, table.no, 'prospect', TODAY);
	return table;
}

const one =
	(key: keyof Kept): Maker<string> =>
	async (scene) =>
		(await scene.made(everything))[key];
export const owner = one('owner');
export const secretary = one('secretary');
export const chair = one('chair');
export const fresh = one('fresh');
export const voting = one('voting');
export const act =
	(name: string): Maker<string[]> =>
	async (scene) => [await scene.made(voting), '1', name];
