import { letters } from '#features/complaints/index.ts';
import { standingByReference } from '#features/complaints/step.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { as } from '#tests/helpers/upkeep.ts';
import { owner, settling, told } from './concern-sides.ts';
import type { Maker } from './scene.ts';

/** Letters of a case: what a page under `/office/concerns/[reference]/letters` names in its address. */
const begun =
	(of: Maker<string>, kind: 'disclosed' | 'acknowledged', side: 'respondent' | 'complainant'): Maker<string[]> =>
	async (scene) => {
		const [reference, personId] = [await scene.made(of), await scene.made(owner)];
		const ctx = siteCtx(scene.site);
		try {
			const no = standingByReference(ctx.db, reference).steps.find((step) => step.kind === kind)?.no ?? 0;
			return [reference, letters.beginLetter(as(ctx, personId, ['complaints_officer'], TODAY), reference, { step: no, side })];
		} finally {
			ctx.db.sql.close();
		}
	};

/** One that a second person reads before it goes, and one that needs none. */
export const disclosure = begun(told, 'disclosed', 'respondent');
export const acknowledgement = begun(settling, 'acknowledged', 'complainant');
const act =
	(of: Maker<string[]>, name: string): Maker<string[]> =>
	async (scene) => [...(await scene.made(of)), name];
export const approving = act(disclosure, 'approve');
export const changing = act(acknowledgement, 'change');
export const sending = act(acknowledgement, 'send');
export const dropping = act(acknowledgement, 'drop');
