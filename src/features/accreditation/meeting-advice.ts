import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { assignmentOf } from './gate-sight.ts';
import { type Item, itemAt, type Meeting, meetingRow } from './meeting-rows.ts';
import { refuseItemUnless, refuseUnless } from './meeting-table.ts';

export type Advice = { title: string; words: string; heldOn: string };

/** An item on which somebody may advise: they assess the application. They have no vote. @throws NotFound for everybody else */
export function adviceFor(ctx: Ctx, place: { reference: string; no: number }): Advice {
	const { meeting, item } = advisable(ctx, place);
	const text = 'SELECT words FROM meeting_advice WHERE item_id = ? AND person_id = ?';
	const words = prepared(ctx.db.sql, text).pluck().get(item.id, personOf(ctx).personId) as string | undefined;
	return { title: item.title, words: words ?? '', heldOn: meeting.heldOn };
}

/** Writes down what an assessor advises, or writes it anew, until the votes are opened. @throws NotFound, Conflict */
export function advise(ctx: Ctx, place: { reference: string; no: number }, { words }: { words: string }): void {
	commit(ctx, { name: 'advise committee' }, (tx) => {
		const { meeting, item } = advisable(ctx, place);
		refuseUnless(meeting, 'called', 'open');
		refuseItemUnless(item, 'coming', 'voting');
		const text = `INSERT INTO meeting_advice (item_id, person_id, words, written_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (item_id, person_id) DO UPDATE SET words = excluded.words, written_at = excluded.written_at`;
		const { personId } = personOf(ctx);
		prepared(tx.db.sql, text).run(item.id, personId, words, ctx.now);
		record(tx, 'meeting.advised', { type: 'meeting', id: meeting.id }, { item: item.position, person: personId });
	});
}

function advisable(ctx: Ctx, { reference, no }: { reference: string; no: number }): { meeting: Meeting; item: Item } {
	const meeting = meetingRow(ctx.db, reference);
	const item = itemAt(ctx.db, meeting.id, no);
	const mine = item.applicationId === null ? null : assignmentOf(ctx.db, item.applicationId, personOf(ctx).personId);
	if (mine === null || mine.declaredAt === null) throw new NotFound('There is nothing for you to advise on here.');
	return { meeting, item };
}

/** Items of meetings to come on which the one who asks may advise. */
export function itemsToAdviseOn(ctx: Ctx): { reference: string; no: number; title: string; heldOn: string }[] {
	return prepared(ctx.db.sql, TO_ADVISE).all(personOf(ctx).personId) as { reference: string; no: number; title: string; heldOn: string }[];
}

const TO_ADVISE = `SELECT m.reference, i.position AS no, i.title, m.held_on AS heldOn FROM accreditation_assessor e
	JOIN meeting_item i ON i.application_id = e.application_id AND i.revealed_at IS NULL AND i.removed_at IS NULL AND i.resolved_at IS NULL
	JOIN meeting m ON m.id = i.meeting_id AND m.closed_at IS NULL AND m.called_off_at IS NULL
	WHERE e.person_id = ? AND e.ended_at IS NULL AND e.declared_at IS NOT NULL ORDER BY m.held_on, i.position`;
