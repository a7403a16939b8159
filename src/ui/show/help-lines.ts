import { type HelpLine, urgentHelp } from '#content/urgent-help.ts';

/** The lines everyone should know: danger, NHS help by phone, the same in Northern Ireland, someone to listen. */
const FIRST = ['emergency', 'nhs-england', 'lifeline', 'samaritans'];
/** With the nations' differences and a way to type instead of talk. */
const FULL = ['emergency', 'nhs-england', 'nhs-wales', 'nhs-scotland', 'lifeline', 'samaritans', 'shout'];
/** What fits into one line at the top of every page. */
const BAR = ['emergency', 'nhs-england', 'samaritans'];

const linesOf = (ids: readonly string[]): readonly HelpLine[] => ids.flatMap((id) => urgentHelp.lines.filter((line) => line.id === id));

export const firstLines = linesOf(FIRST);
export const fullLines = linesOf(FULL);
export const barLines = linesOf(BAR);

/** Name and number as people read them: "Samaritans: 116 123", and not "NHS 111: 111". */
export function nameAndNumber(line: HelpLine): string {
	const number = line.tel ?? line.sms;
	return line.name.endsWith(number) ? line.name : `${line.name}: ${number}`;
}
