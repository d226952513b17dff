import { isSecretSetting } from '../base/looks-secret.ts'
import { isCallbackType, secretAnswers } from '../engine/callbacks.ts'
import { minSecretLength } from './play/page.ts'

/** Values of variables that are no secrets: addresses, numbers and flags. */
const harmlessValue = /^(https?:\/\/[^\s?#@]*|[\w.+-]+@[\w.-]+|[\d.]+|true|false)$/i

/** Secrets that a walk file contains: answers to questions for secrets, members with names of secrets, and variables. */
export function writtenSecrets(content: unknown): string[] {
  return [...new Set(secretsIn(content, false))].filter(
    (text) => text.length >= minSecretLength && !text.includes('${') && !/^\/.*\/\w*$/s.test(text),
  )
}

/** The values of `${secret:NAME}` in a part of a walk file. */
export function namedSecrets(
  content: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const names = (JSON.stringify(content) ?? '').matchAll(/\$\{secret:([^{}]+)\}/g)
  return [...names].flatMap(([, name = '']) => environment[name] ?? [])
}

function secretsIn(value: unknown, isSecret: boolean): string[] {
  if (typeof value === 'string') return isSecret ? [value] : []
  if (Array.isArray(value)) return value.flatMap((one) => secretsIn(one, isSecret))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'esv') return variablesIn(member)
    return secretsIn(member, isSecret || isSecretSetting(name) || isSecretAnswer(name))
  })
}

function isSecretAnswer(name: string): boolean {
  return isCallbackType(name) && secretAnswers.has(name)
}

function variablesIn(variables: unknown): string[] {
  if (typeof variables !== 'object' || variables === null) return []
  return Object.entries(variables).flatMap(([name, value]) => {
    const text = String(value)
    return isSecretSetting(name) || !harmlessValue.test(text) ? [text] : []
  })
}
