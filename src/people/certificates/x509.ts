import type { X509Certificate } from 'node:crypto'
import type * as Library from '@peculiar/x509'

/** Loaded on first use: it is large, and few journeys use certificates. */
export async function x509(): Promise<typeof Library> {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

/** Reads extensions and names, which Node shows only as text. */
export async function decoded({ raw }: X509Certificate): Promise<Library.X509Certificate> {
  const { X509Certificate: Decoded } = await x509()
  return new Decoded(new Uint8Array(raw))
}
