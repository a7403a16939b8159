import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { pdf, pdfWithObjectStream, zip } from './corpus.ts';

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const script = '<< /S /JavaScript /JS (app.alert(1)) >>';
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

/** PDFs that no way in takes: what it is, its bytes, what is said. */
export const REFUSED_PDFS: [name: string, bytes: Buffer, said: RegExp][] = [
	['with a script when it is opened', pdf({ catalog: `/OpenAction ${script}` }), /script/],
	['with a script among its names', pdf({ catalog: `/Names << /JavaScript << /Names [(a) ${script}] >> >>` }), /script/],
	['with a script whose name is spelled in numbers', pdf({ catalog: '/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>' }), /script/],
	['with a script in a packed object', pdfWithObjectStream(script), /script/],
	['with a script on a page', pdf({ page: `/AA << /O ${script} >>` }), /script/],
	['with something that starts when it is opened', pdf({ catalog: '/OpenAction << /S /URI /URI (https://example.org) >>' }), /script or an action/],
	['with such a thing in another object', pdf({ catalog: '/OpenAction 6 0 R', more: ['<< /S /Named /N /Print >>'] }), /script or an action/],
	['with a program to launch', pdf({ page: '/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (cmd.exe) >> >>]' }), /script or an action/],
	['with a form that is sent', pdf({ page: '/Annots [<< /Subtype /Widget /Rect [0 0 9 9] /A << /S /SubmitForm /F (x) >> >>]' }), /script or an action/],
	[
		'with a file inside',
		pdf({
			catalog: '/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>',
			more: ['<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>', '<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream'],
		}),
		/other files/,
	],
	['that is locked', pdf({ trailer: '/Encrypt 6 0 R /ID [<00><00>]', more: ['<< /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>'] }), /locked/],
	['with a zip behind it', Buffer.concat([pdf(), zip('a.txt', Buffer.from('a'))]), /two kinds/],
	['with a zip inside its last bytes', Buffer.concat([pdf(), zip('a.txt', Buffer.from('a')), Buffer.from('\n%%EOF\n')]), /two kinds/],
	['with a page of HTML behind it', Buffer.concat([pdf(), Buffer.from('<script>alert(1)</script>')]), /two kinds/],
	['with a page of HTML before it', Buffer.concat([Buffer.from('<html><script>1</script>\n'), pdf()]), /two kinds|not a PDF/],
	['with more than two kilobytes after its end', Buffer.concat([pdf(), Buffer.alloc(2100, 'a')]), /two kinds/],
	['that is cut off', pdf().subarray(0, 300), /cut off/],
	['that unpacks to a hundred megabytes', pdfWithObjectStream('', '/Filter /FlateDecode', deflateSync(Buffer.alloc(100_000_000))), /unpacks/],
	['packed in a way we do not look through', pdfWithObjectStream('', '/Filter /LZWDecode', Buffer.from('x')), /look through/],
	['that is not one', Buffer.from(`%PDF-1.7\n${'nothing '.repeat(50)}%%EOF`), /could not read/],
];

/** What is no PDF, JPEG or PNG, or harmful, and is taken nowhere. */
export const REFUSED_OTHERS: [name: string, bytes: Buffer | string, said: RegExp][] = [
	['a drawing in SVG', svg, /not a PDF, JPEG or PNG/],
	['a page of HTML', '<!doctype html><script>alert(1)</script>', /not a PDF/],
	['a GIF that is a script as well', 'GIF89a/*\x01\x00*/=1;alert(1)//', /not a PDF/],
	['a zip', zip('a.pdf', Buffer.alloc(1_000_000)), /not a PDF/],
	['a zip of zips', zip('a.zip', zip('b.zip', Buffer.alloc(10_000_000))), /not a PDF/],
	['a document of a word processor', zip('word/document.xml', Buffer.from('<w:document/>')), /not a PDF/],
	['an AVIF', Buffer.from('\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B', 'latin1'), /not a PDF/],
	['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /not a PDF/],
	['a program', Buffer.concat([Buffer.from('MZ'), randomBytes(500)]), /not a PDF/],
	['the test of virus scanners', EICAR, /harmful/],
	['the same inside a PDF', pdf({ text: EICAR.replace(/[()\\]/g, '\\$&'), contentStream: `% ${EICAR}` }), /harmful/],
	['noise', randomBytes(4096), /not a PDF/],
];
