import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { sealText } from '#core/vault.ts';
import type { Answers } from './draft-fields.ts';
import { PHASE_SAID } from './state.ts';
import { standingOf } from './step.ts';
import { reachOf } from './way-reach.ts';

/**
 * Changes how somebody can be reached safely, after it was sent; their name and what they need stay. From then on messages are told of there and
 * nowhere else. Authorises: whoever holds it open. @throws Conflict before it is sent and once it is destroyed
 */
export function changeContact(ctx: Ctx, concernId: string, { email, telephone, voicemail, times, post }: Answers): void {
	commit(ctx, { name: 'change how somebody can be reached' }, (tx) => {
		const { concern, state } = standingOf(tx.db, concernId);
		if (concern.reference === null || state.isDestroyed) throw new Conflict(PHASE_SAID[state.phase]);
		sealText(tx, concernId, 'contact', JSON.stringify({ ...reachOf(ctx, concernId), email, telephone, voicemail, times, post }));
		record(tx, 'concern.contact_changed', { type: 'concern', id: concernId });
	});
}
