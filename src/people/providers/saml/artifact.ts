import { hash } from 'node:crypto'
import { XMLSerializer } from '@xmldom/xmldom'
import { type FencedSend, isSafe } from '../fenced-send.ts'
import { saml } from './bindings.ts'
import { parseDom } from './dom.ts'
import { messageXml } from './message.ts'
import type { IdpMetadata } from './metadata.ts'
import { xmlText } from './xml.ts'

/** Type code, endpoint index, SHA-1 of the entity id, and a message handle. */
const artifactBytes = 44
const typeCode = 4

/** Reads which entity made an artifact and which of its endpoints has the message. Source: "Bindings for SAML 2.0", 3.6.4. */
export function readArtifact(artifact: string): { source: string; endpoint: number } {
  const bytes = Buffer.from(artifact, 'base64')
  if (bytes.length !== artifactBytes || bytes.readUInt16BE(0) !== typeCode) {
    throw new Error('the artifact has an unknown type')
  }
  return { source: bytes.subarray(4, 24).toString('hex'), endpoint: bytes.readUInt16BE(2) }
}

/** The source id in the artifacts of an entity. */
export function sourceOf(entityId: string): string {
  return hash('sha1', entityId, 'hex')
}

/**
 * Fetches the message behind an artifact. Source: "Assertions and Protocols for SAML 2.0", 3.5.
 * @returns the response in base64, as a browser would deliver it, not yet checked.
 */
export async function resolveArtifact(
  artifact: string,
  { idp, issuer, now, send }: { idp: IdpMetadata; issuer: string; now: number; send: FencedSend },
): Promise<string> {
  const { endpoint } = readArtifact(artifact)
  const url = idp.artifactResolution.find(({ index }) => index === endpoint)?.location
  if (url === undefined) throw new Error(`'${idp.entityId}' has no endpoint ${endpoint} for artifacts`)
  if (!isSafe(url)) throw new Error('artifacts can only be resolved over https')
  const { status, body } = await send({
    url,
    method: 'POST',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: 'http://www.oasis-open.org/committees/security',
    },
    body: question(artifact, { url, issuer, now }),
  })
  if (status !== 200) throw new Error(`the artifact endpoint responded with status ${status}`)
  return Buffer.from(responseIn(body)).toString('base64')
}

function question(
  artifact: string,
  { url, issuer, now }: { url: string; issuer: string; now: number },
): string {
  const resolve = messageXml({ name: 'ArtifactResolve', issuer, destination: url, now }, {}, [
    `<samlp:Artifact>${xmlText(artifact)}</samlp:Artifact>`,
  ])
  return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${resolve}</soap:Body></soap:Envelope>`
}

/** Extracts the response, with inherited namespace declarations: its signature covers them. */
function responseIn(soap: string): string {
  const [response, another] = Array.from(parseDom(soap).getElementsByTagNameNS(saml.protocol, 'Response'))
  if (response === undefined || another !== undefined)
    throw new Error('the artifact must resolve to exactly one response')
  return new XMLSerializer().serializeToString(response)
}
