import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressedCopies } from './compressed-copies.ts'
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
