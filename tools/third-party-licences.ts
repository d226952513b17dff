import { globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

const licenceSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** SPDX expression. */
  identifier: z.string().nullable(),
  text: z.string().default(''),
})

type Licence = z.infer<typeof licenceSchema>

const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string() })

/**
 * The licences of all packages that the bundles of server and pages contain, as one text.
 * @throws Error if a package states no licence.
 */
export function thirdPartyLicences(root: string): string {
  const pages = z.array(licenceSchema).parse(readJson(join(root, 'web', 'dist', '.vite', 'license.json')))
  const server = bundledFolders(join(root, 'dist', 'server')).map(licenceOf)
  const byName = new Map(
    [...pages, ...server].map((licence) => [`${licence.name} ${licence.version}`, licence]),
  )
  const sections = [...byName].toSorted(([one], [other]) => one.localeCompare(other)).map(section)
  return `Sidegate contains these packages:\n\n${sections.join('\n')}`
}

/** The folders of the packages whose modules a bundle contains, from its source maps. */
function bundledFolders(bundle: string): string[] {
  const maps = globSync('**/*.map', { cwd: bundle }).map((name) => join(bundle, name))
  const folders = maps.flatMap((map) =>
    z
      .object({ sources: z.array(z.string()) })
      .parse(readJson(map))
      .sources.flatMap((source) => {
        const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(source)?.[0]
        return folder === undefined ? [] : [resolve(dirname(map), folder)]
      }),
  )
  return [...new Set(folders)]
}

function licenceOf(folder: string): Licence {
  const { name, version, license } = manifestSchema.parse(readJson(join(folder, 'package.json')))
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file))
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  return { name, version, identifier: license, text }
}

function section([title, { identifier, text }]: [string, Licence]): string {
  return `${'-'.repeat(80)}\n${title}: ${identifier}\n\n${text.trim()}\n`
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
