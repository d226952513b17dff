import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressedCopies } from './compressed-copies.ts'
import { devPages, devProxy } from './dev-pages.ts'

/**
 * Three pages and a frame for those without scripts, one folder of assets. All load their assets from below the sign-in page's path: that one has to be
 * reachable through every proxy.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: '/am/XUI/',
  plugins: [react(), compressedCopies(), devPages()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Inlined files would be `data:` addresses, which the pages' policy forbids for scripts and styles.
    assetsInlineLimit: 0,
    // The polyfill is an inline script.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['sign-in/index.html', 'sign-in/plain.html', 'desk/index.html', 'console/index.html'],
      // Left alone, one chunk would hold what any two pages share, and the sign-in page would load Mantine.
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'mantine', test: /node_modules\/(@mantine|@floating-ui)\// },
          ],
        },
      },
    },
  },
  // `npm run dev` starts the server and names its address.
  server: { proxy: devProxy(process.env.SIDEGATE_DEV_SERVER ?? 'http://127.0.0.1:8080') },
})
