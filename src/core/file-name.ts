const ENDINGS: Record<string, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };
const MOST = 120;

/**
 * A file's name as it is shown and sent: no folders, no control characters, no marks that turn the reading direction, one ending that
 * fits its type. `..\..\CV‮fdp.exe` of a PDF → `CVfdp.exe.pdf`. Never empty, 120 characters at most.
 */
export function cleanFileName(given: string, type: string): string {
	const ending = `.${ENDINGS[type] ?? 'bin'}`;
	const bare = given
		.toWellFormed()
		.normalize('NFC')
		.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
		.split(/[/\\]/)
		.at(-1)
		?.replace(/[<>:"|?*]/g, '')
		.replace(/\s+/g, ' ')
		.replace(/^[.\s]+|[.\s]+$/g, '');
	const stem = (bare ?? '').replace(ENDING_OF[type] ?? /$^/, '');
	return `${cut(stem || 'file', MOST - ending.length)}${ending}`;
}

const ENDING_OF: Record<string, RegExp> = {
	'application/pdf': /\.pdf$/i,
	'image/jpeg': /\.jpe?g$/i,
	'image/png': /\.png$/i,
	'image/webp': /\.(webp|jpe?g|png)$/i,
};

/** Never through the middle of a letter that takes two places. */
function cut(text: string, most: number): string {
	return text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}
