import { checkImage } from './file-check-image.ts';
import { checkPdf } from './file-check-pdf.ts';

/**
 * The program that `checkFile` starts: reads a file from standard input, answers one line of JSON and the content to keep.
 * It ends in an error for whatever it did not expect; its parent then says that the file cannot be read.
 */
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const bytes = Buffer.concat(chunks);

const KINDS = 'That is not a PDF, JPEG or PNG file. Save it as one of these, and choose the new one.';
const IMAGES = 'A photo must be a JPEG or PNG file.';
/** The test string that every scanner of viruses knows (EICAR, 1991), put together here so that none finds it in this file. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'].join('');

const use = process.argv[2];
const verdict = await judge();
const { content = Buffer.alloc(0), ...head } = verdict;
process.stdout.write(`${JSON.stringify(head)}\n`);
process.stdout.write(content);

async function judge(): Promise<{ refused: string; content?: Buffer } | { type: string; text: string; content: Buffer }> {
	if (bytes.includes(EICAR)) return { refused: 'That file was found to be harmful and is not kept.' };
	const { fileTypeFromBuffer } = await import('file-type');
	const sniffed = (await fileTypeFromBuffer(bytes))?.mime;
	if (sniffed === 'application/pdf') return use === 'photo' ? { refused: IMAGES } : checkPdf(bytes);
	if (sniffed === 'image/jpeg' || sniffed === 'image/png') return checkImage(bytes, sniffed, use === 'photo');
	return { refused: use === 'photo' ? IMAGES : KINDS };
}
