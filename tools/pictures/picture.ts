import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readPng, writePng } from './png.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures')

/** Saves a screenshot below docs/pictures. */
export function keepPicture(name: string, screenshot: Uint8Array): void {
  keepFile(name, writePng(readPng(screenshot)))
}

export function keepFile(name: string, bytes: Uint8Array): void {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
}
