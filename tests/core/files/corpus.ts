import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** Files from the security notes' list, made here byte by byte: none of them is stored in the repository. */
export type Sample = { name: string; bytes: Buffer };

type PdfParts = { catalog?: string; page?: string; more?: readonly string[]; text?: string; trailer?: string; contentStream?: string };

/** A small, valid PDF whose catalogue, page, objects (from number 6 on) and trailer can be added to. */
export function pdf({ catalog = '', page = '', more = [], text = 'A day of training', trailer = '', contentStream }: PdfParts = {}): Buffer {
	const content = contentStream ?? `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
	const objects = [
		`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${page} >>`,
		`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
		...more,
	];
	return assemble(objects, trailer);
}

function assemble(objects: readonly string[], trailer: string): Buffer {
	let out = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
	const offsets = objects.map((object, i) => {
		const at = out.length;
		out += `${i + 1} 0 obj\n${object}\nendobj\n`;
		return at;
	});
	const xref = out.length;
	out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
	out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
	return Buffer.from(out, 'latin1');
}

/** Its first object stream holds `objects`, packed: what a search through the bare bytes does not see. */
export function pdfWithObjectStream(objects: string, filter = '/Filter /FlateDecode', bytes = deflateSync(`6 0 ${objects}`)): Buffer {
	const content = bytes.toString('latin1');
	return pdf({ more: [`<< /Type /ObjStm /N 1 /First 4 ${filter} /Length ${content.length} >>\nstream\n${content}\nendstream`] });
}

/** A zip of one file, as small as can be. */
export function zip(name: string, content: Buffer): Buffer {
	const packed = deflateRawSync(content);
	const local = Buffer.alloc(30);
	local.writeUInt32LE(0x04034b50, 0);
	local.writeUInt16LE(20, 4);
	local.writeUInt16LE(8, 8);
	local.writeUInt32LE(crc32(content), 14);
	local.writeUInt32LE(packed.length, 18);
	local.writeUInt32LE(content.length, 22);
	local.writeUInt16LE(name.length, 26);
	const central = Buffer.alloc(46);
	central.writeUInt32LE(0x02014b50, 0);
	local.copy(central, 6, 4, 30);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(46 + name.length, 12);
	end.writeUInt32LE(30 + name.length + packed.length, 16);
	return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}

/** A PNG that says it has so many pixels, and packs them into a few kilobytes. */
export function hugePng(width: number, height: number): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([1, 0, 0, 0, 0], 8);
	const rows = deflateSync(Buffer.alloc(Math.ceil(width / 8 + 1) * height));
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(kind), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	body.copy(framed, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

export function jpeg(width = 60, height = 40): Promise<Buffer> {
	return picture(width, height).jpeg().toBuffer();
}

export function png(width = 60, height = 40): Promise<Buffer> {
	return picture(width, height).png().toBuffer();
}

/** As a telephone takes it: on its side, with the place where it was taken. */
export function jpegFromTelephone(): Promise<Buffer> {
	return picture(60, 40)
		.withExif({ IFD0: { Copyright: 'canary-camera', Orientation: '6' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toBuffer();
}

function picture(width: number, height: number) {
	return sharp({ create: { width, height, channels: 3, background: { r: 20, g: 120, b: 90 } } });
}
