import type { Ctx } from '#core/ctx.ts';
import {
	acceptApplication,
	assignAssessor,
	closeMeeting,
	declareAtGate,
	digestOfMarks,
	type Mark,
	saveMarks,
	sealSheet,
	sheetOf,
	sightOf,
	standingByReference,
} from '#features/accreditation/index.ts';
import type { Someone } from './application.ts';
import { aCommittee, aMeeting, roomOn } from './committee.ts';

/** Takes an application that was sent and paid to the committee, by commands: found complete, both sheets say that everything is met. */
export function assessAll(ctx: Ctx, reference: string, officer: Someone, assessors: readonly Someone[]): void {
	const seen = () => standingByReference(ctx.db, reference).seen;
	acceptApplication(officer.ctx, reference, { seen: seen(), words: '' });
	for (const someone of assessors) {
		assignAssessor(officer.ctx, reference, { seen: seen(), person: someone.id });
		declareAtGate(someone.ctx, reference, { declared: 'none', words: '' });
	}
	for (const { ctx: own } of assessors) {
		const marks = standingByReference(ctx.db, reference).route.sections.map(({ key, criteria }) =>
			criteria.map((one): Mark => ({ section: key, criterion: one.key, mark: 'met', reason: null, words: '' })),
		);
		for (const some of marks) saveMarks(own, reference, some[0]?.section ?? '', { saw: digestOfMarks([]), marks: some });
		const { assignment } = sightOf(own, reference);
		const all = sheetOf(ctx.db, assignment as NonNullable<typeof assignment>).marks;
		sealSheet(own, reference, { saw: digestOfMarks(all), recommendation: 'award', summary: 'It shows what it should.' });
	}
}

/** A meeting of people of its own awards what an application asks for, by commands, on the day of the context. */
export function awardNow(ctx: Ctx, reference: string): void {
	const seats = aCommittee(ctx);
	const meeting = aMeeting(seats, [reference], 'ordinary', ctx.today);
	const room = roomOn(seats, meeting, ctx.today);
	room.open();
	const text = `SELECT i.position FROM meeting_item i JOIN accreditation_application a ON a.id = i.application_id JOIN meeting m ON m.id = i.meeting_id
		WHERE a.reference = ? AND m.reference = ?`;
	const no = ctx.db.sql.prepare(text).pluck().get(reference, meeting) as number;
	room.allVote(no, 'award');
	room.resolve(no, reference);
	closeMeeting(room.on(seats.secretary), meeting, { version: room.version() });
}
