import { readyConcernsRegister } from './concerns-register.ts';
import { rotationRows } from './concerns-rotation.ts';
import { timingRows } from './concerns-timing.ts';
import type { Part, Row } from './part.ts';
import { randomFrom } from './statistics.ts';
import { type Spread, saySpread, spreadOf, visitingAs } from './visits.ts';

const VISITS = 800;
const WARM = 150;
const FILTERS = ['', '?mine=1', '?overdue=1', '?stage=investigation', '?stage=triage&mine=1', '?stage=closed', '?page=2', '?page=3', '?overdue=1&page=2'];

/** Concerns: the queue, a case with everything opened, a change of all keys while the site runs, and what the time of a refusal tells. */
export const concernsPart: Part = {
	name: 'concerns',
	says: 'the queue of concerns, a case with decryption, a change of every key, what the time of a refusal tells',
	async run(bench) {
		bench.say('concerns: making the cases');
		const { dataDir, people } = await readyConcernsRegister(bench.folder, bench.isQuick ? 200 : 2000);
		const number = (count: number) => count.toLocaleString('en-GB');
		const of = `${number(people.cases)} cases, ${number(people.open.length)} of them open, ${number(people.documents)} documents`;
		bench.say('concerns: over HTTP');
		const random = randomFrom(7);
		const pick = (all: readonly string[]) => all[Math.floor(random() * all.length)] as string;
		const seen = await visitingAs({ dataDir, buildDir: bench.buildDir, person: people.officer }, async (visit) => {
			const queues = Array.from({ length: WARM + VISITS }, (_, i) => `/office/concerns${FILTERS[i % FILTERS.length]}`);
			await visit(queues.slice(0, WARM));
			const queue = spreadOf(await visit(queues.slice(WARM)));
			const cases = Array.from({ length: WARM + VISITS }, () => `/office/concerns/${pick(people.open)}`);
			await visit(cases.slice(0, WARM));
			const one = spreadOf(await visit(cases.slice(WARM)));
			const large = spreadOf(await visit(Array.from({ length: 200 }, () => `/office/concerns/${pick(people.large)}`)));
			return { queue, one, large };
		});
		const rotation = await rotationRows(bench, dataDir, people);
		return [
			spreadRow(`Queue of concerns, whole page over HTTP, ${of}: p99 (p50)`, seen.queue, 40),
			spreadRow(`A case with every text opened, whole page over HTTP, ${number(people.texts)} sealed texts in all: p99 (p50)`, seen.one, 80),
			spreadRow('The same of the largest, with more than a hundred documents: p99 (p50)', seen.large, 80),
			...rotation,
			...(await timingRows(bench, dataDir, people)),
		];
	},
};

function spreadRow(what: string, spread: Spread, goal: number): Row {
	return { what, goal: `< ${goal} ms`, measured: saySpread(spread), isMet: spread.p99 < goal };
}
