import { createHash } from 'node:crypto';

/** One white pixel: enough for a viewer that decodes what it downloads. */
const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';

/** Bytes for a kind of file: real for a picture, a recognisable head and filler for the rest. */
export function sampleMedia(mimeType: string): Buffer {
    if (mimeType.startsWith('image/')) return Buffer.from(png, 'base64');
    const head = mimeType.startsWith('audio/ogg')
        ? 'OggS'
        : mimeType === 'application/pdf'
          ? '%PDF-1.7'
          : 'MEDIA';
    return Buffer.concat([Buffer.from(head), Buffer.alloc(512, 0x20)]);
}

/** Meta writes the digest of a file in base64 in webhooks and in hex in the media answer. */
export function mediaDigest(mimeType: string, encoding: 'base64' | 'hex'): string {
    return createHash('sha256').update(sampleMedia(mimeType)).digest(encoding);
}
