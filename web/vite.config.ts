import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { devPages, devProxy } from './dev-pages.ts'

/**
 * Builds the five pages and `plain.html`, the template of pages without scripts. All load their assets from the sign-in
 * page's path, because proxies always have to let that one through.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: '/am/XUI/',
  plugins: [react(), compressedCopies(), devPages()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    license: { fileName: '.vite/license.json' },
    // Inlined files would be `data:` URLs, which the content security policy forbids for scripts and styles.
    assetsInlineLimit: 0,
    // The polyfill is an inline script.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        'sign-in/index.html',
        'sign-in/plain.html',
        'sign-in/short-code/index.html',
        'sign-in/own-sessions/index.html',
        'desk/index.html',
        'console/index.html',
      ],
      // By default, one chunk would hold everything that two pages share, and the sign-in page would load Mantine.
      output: {
        chunkFileNames: ({ facadeModuleId }) => {
          const [, language, kind] = /texts[\\/](\w+)[\\/](\w+)\.json$/.exec(facadeModuleId ?? '') ?? []
          return `assets/${language === undefined ? '[name]' : `texts-${language}-${kind}`}-[hash].js`
        },
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'icons', test: /node_modules\/@tabler\// },
            { name: 'queries', test: /node_modules\/@tanstack\// },
            { name: 'mantine', test: /node_modules\/(@mantine|@floating-ui)\// },
          ],
        },
      },
    },
  },
  // `npm run dev` starts the server and names its address.
  server: { proxy: devProxy(process.env.SIDEGATE_DEV_SERVER ?? 'http://127.0.0.1:8080') },
})

const compress = promisify(brotliCompress)

/** For smaller files, compression saves less than its headers cost. */
const minBytes = 1024

/** Writes a `.br` copy of every asset, so that the server seldom has to compress. */
function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const folder = join(dir, 'assets')
      const names = (await readdir(folder)).filter((name) => /\.(js|css|svg|json)$/.test(name))
      await Promise.all(names.map((name) => writeCopy(join(folder, name))))
    },
  }
}

async function writeCopy(file: string): Promise<void> {
  const content = await readFile(file)
  if (content.length < minBytes) return
  await writeFile(`${file}.br`, await compress(content))
}
