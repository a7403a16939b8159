/** Two letters for where a photograph is not shown: of the first and the last name. Titles are passed over. */
export function initials(name: string): string {
	const words = name.split(/\s+/).filter((word) => word !== '' && !/^(dr|prof|professor|mr|mrs|ms|miss|mx)\.?$/i.test(word));
	const letter = (word = '') => [...word][0]?.toLocaleUpperCase('en-GB') ?? '';
	return words.length > 1 ? letter(words[0]) + letter(words.at(-1)) : letter(words[0]);
}
