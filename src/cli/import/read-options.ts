import type { RowReader } from './row-reader.ts';
import type { Wanted } from './wanted.ts';

const WHO: Record<string, string> = {
	adults: 'adults',
	adult: 'adults',
	young: 'young',
	'young people': 'young',
	adolescents: 'young',
	teenagers: 'young',
	perinatal: 'perinatal',
	pregnancy: 'perinatal',
	older: 'older',
	'older adults': 'older',
	'older people': 'older',
	couples: 'couples_groups',
	groups: 'couples_groups',
	'couples or groups': 'couples_groups',
	'couples and groups': 'couples_groups',
};
const FOCUS: Record<string, string> = {
	loss: 'loss',
	grief: 'loss',
	bereavement: 'loss',
	'a loss': 'loss',
	conflict: 'conflict',
	dispute: 'conflict',
	disputes: 'conflict',
	'role dispute': 'conflict',
	'role disputes': 'conflict',
	change: 'change',
	transition: 'change',
	transitions: 'change',
	'role transition': 'change',
	'role transitions': 'change',
	'a big change': 'change',
	'life changes': 'change',
	alone: 'alone',
	loneliness: 'alone',
	isolation: 'alone',
	sensitivity: 'alone',
	'interpersonal sensitivity': 'alone',
	'feeling alone': 'alone',
};
const ALSO: Record<string, string> = {
	bipolar: 'bipolar',
	'bipolar disorder': 'bipolar',
	eating: 'eating',
	'eating difficulties': 'eating',
	'eating disorders': 'eating',
};
const LANGUAGES: Record<string, string> = {
	welsh: 'lang:cy',
	cymraeg: 'lang:cy',
	cy: 'lang:cy',
	bsl: 'lang:bsl',
	'british sign language': 'lang:bsl',
	arabic: 'lang:ar',
	bengali: 'lang:bn',
	bangla: 'lang:bn',
	chinese: 'lang:zh',
	mandarin: 'lang:zh',
	cantonese: 'lang:zh',
	french: 'lang:fr',
	hindi: 'lang:hi',
	punjabi: 'lang:pa',
	panjabi: 'lang:pa',
	polish: 'lang:pl',
	portuguese: 'lang:pt',
	spanish: 'lang:es',
	urdu: 'lang:ur',
};
const FUNDING: Record<string, string> = {
	self: 'fund:self',
	'self-funded': 'fund:self',
	private: 'fund:self',
	insurer: 'fund:insurer',
	insurance: 'fund:insurer',
	insurers: 'fund:insurer',
	employer: 'fund:employer',
	employers: 'fund:employer',
	eap: 'fund:employer',
	nhs: 'fund:nhs',
};

/** The options ticked, group by group; a group whose column is absent or empty stays as it is on file. Words that are unknown are left out and noted. */
export function readOptions(row: RowReader): Wanted['options'] {
	const options: Wanted['options'] = {};
	const put = (group: keyof Wanted['options'], codes: string[] | undefined) => {
		if (codes) options[group] = codes;
	};
	put('who', coded(row, 'works with', WHO));
	put('focus', coded(row, 'focal areas', FOCUS));
	put('also', coded(row, 'also works with', ALSO));
	put('language', coded(row, 'languages', LANGUAGES, ['english']));
	put('funding', coded(row, 'funding', FUNDING));
	put('concessions', flag(row.yes('concessions'), 'concessions'));
	put('supervision', flag(row.yes('supervision'), 'supervision'));
	return options;
}

function coded(row: RowReader, column: string, words: Record<string, string>, silent: readonly string[] = []): string[] | undefined {
	const typed = row
		.several(column)
		?.flatMap((part) => part.split(','))
		.map((part) => part.trim().toLowerCase())
		.filter(Boolean);
	if (typed === undefined) return undefined;
	const unknown = typed.filter((word) => !words[word] && !silent.includes(word));
	if (unknown.length > 0) row.note(column, `left out, since the site has no such choice: ${unknown.join(', ').slice(0, 120)}`);
	return [...new Set(typed.flatMap((word) => words[word] ?? []))];
}

function flag(yes: boolean | undefined, code: string): string[] | undefined {
	return yes === undefined ? undefined : yes ? [code] : [];
}
