import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Elements of which there may be several, whatever their prefix. */
const lists = new Set([
  'ArtifactResolutionService',
  'IDPSSODescriptor',
  'KeyDescriptor',
  'SingleSignOnService',
  'X509Certificate',
  'X509Data',
])

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => lists.has(name),
})

/**
 * Reads XML into an object, for what needs no signature. A document type is refused: it may rename and multiply what
 * is in the text.
 * @throws Error when it is none.
 */
export function parseXml(xml: string): unknown {
  if (/<!DOCTYPE/i.test(xml)) throw new Error('XML with a document type is not read')
  if (XMLValidator.validate(xml) !== true) throw new Error('the text is not XML')
  return parser.parse(xml)
}

/** Text as it stands in an element or in a quoted attribute. */
export function xmlText(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}

/** The text that stands in an element, with its references resolved. */
export function plainText(xml: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return xml.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    if (code <= 0x10ffff) return String.fromCodePoint(code)
    return entities[name] ?? whole
  })
}

/** An opening tag's attributes; those that are undefined are left out. */
export function xmlAttributes(attributes: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlText(value)}"`))
    .join('')
}
