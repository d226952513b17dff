import type { JsonObject } from '../base/json.ts'
import { oauthClientSchema } from './client-document.ts'
import { languageless } from './client-metadata.ts'

/** Names that an application can't register, as {@link plainName} writes them. */
export type TakenNames = {
  /** Of the organisation, the server and administrators' clients. Names that contain one are refused, too. */
  reserved: readonly string[]
  /** Of other registered applications, with the hosts of their addresses. */
  registered: readonly { name: string; hosts: readonly string[] }[]
}

/** Letters and digits that look like the Latin letter behind them, in upper or lower case. */
const lookAlikes = new Map(
  [
    ...'аaвbеeзzіlкkмmнhоoрpсcтtуyхxѕsјjһhԁdԛqԝwӏlүyαaβbεeζzηhιlκkμmνnοoρpτtυyχxılil0o1l'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, letter = '', latin = '']) => [letter, latin]),
)

/** A name as people read it: letters and digits, without case, accents and different forms of one letter. */
export function plainName(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]|\p{Default_Ignorable_Code_Point}/gu, '')
  return [...letters]
    .map(
      // rule S54: otherwise an application takes the name of another in letters that look alike
      (letter) => lookAlikes.get(letter) ?? letter,
    )
    .join('')
}

/** Whether a name has Latin letters beside some of an alphabet that looks like it. */
export function isMixed(name: string): boolean {
  const text = name.normalize('NFKD')
  const isLike = /[\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Coptic}\p{sc=Lisu}]/u.test(
    text,
  )
  return isLike && /\p{sc=Latin}/u.test(text)
}

/** The names of a client in all languages. @param document with the values of its placeholders. */
export function clientNames(document: JsonObject): string[] {
  const names = coreOf(document)?.clientName ?? []
  return [names].flat().map(languageless)
}

/** The name of an application that registered itself. */
export function registeredNames(document: JsonObject): TakenNames['registered'] {
  const hosts = hostsOf(coreOf(document)?.redirectionUris ?? [])
  return clientNames(document).map((name) => ({ name: plainName(name), hosts }))
}

function coreOf(document: JsonObject) {
  return oauthClientSchema.safeParse(document).data?.coreOAuth2ClientConfig
}

/**
 * Whether a name would mislead people. Installations of one application register the same name: they share it if people are sent
 * to the same hosts.
 */
export function isTaken(name: string, addresses: readonly string[], taken: TakenNames): boolean {
  const plain = plainName(name)
  const isReserved = taken.reserved.some(
    (one) => one !== '' && (plain === one || (one.length > 3 && plain.includes(one))),
  )
  const hosts = hostsOf(addresses)
  const isShared = (others: readonly string[]) =>
    hosts.length === 0 ? others.length === 0 : hosts.every((host) => others.includes(host))
  // rule S54: otherwise an application takes the name of another registered one
  return isReserved || taken.registered.some((one) => one.name === plain && !isShared(one.hosts))
}

function hostsOf(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => URL.parse(address)?.hostname ?? [])
}
