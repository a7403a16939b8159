import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { ReportTable } from '#features/accreditation/index.ts';
import { partsTable, type Told } from './report-tables.ts';
import { EQUALITY_QUESTIONS } from './way-equality.ts';

type Row = { question: string; answer: string; count: number };

/** Answers to the questions apart, a table for each: small numbers are hidden from everybody, whoever asks. @param least never 0 */
export function equalityTables(db: Db, told: Told): ReportTable[] {
	const { fromOn, toOn } = told.range;
	const given = prepared(db.sql, GIVEN).all(fromOn.slice(0, 7), toOn.slice(0, 7)) as Row[];
	return EQUALITY_QUESTIONS.flatMap((question) => {
		if (question.kind !== 'one') return [];
		const { name, label, options } = question;
		const of = (value: string) => given.find(({ question, answer }) => question === name && answer === value)?.count ?? 0;
		const head = {
			key: `equality-${name}`,
			title: label,
			note: 'Answered apart, by those who wished to; nothing leads from an answer to a case.',
			first: 'Answer',
		};
		return partsTable(
			head,
			options.map((option) => [option.label, of(option.value)]),
			told,
		);
	});
}

const GIVEN = `SELECT j.key AS question, j.value AS answer, count(*) AS count FROM concern_equality e, json_each(e.answers) j
	WHERE e.month BETWEEN ? AND ? GROUP BY 1, 2`;
