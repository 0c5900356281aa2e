import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import liveServer from './src/build/live-server.ts';
import precompress from './src/build/precompress.ts';
import { shikiConfig } from './src/course/shiki.ts';

export default defineConfig({
  integrations: [mdx(), preact(), liveServer(), precompress()],
  devToolbar: { enabled: false },
  markdown: { shikiConfig },
  build: { inlineStylesheets: 'never' },
  security: {
    csp: {
      directives: ["default-src 'self'", "base-uri 'none'", "object-src 'none'", "form-action 'self'"],
      scriptDirective: { resources: ["'self'"] },
    },
  },
  vite: {
    // The dependency scan of `astro dev` reads no tsconfig. Without it the first click would reload the page.
    optimizeDeps: {
      include: ['socket.io-client', 'uqr'],
      rolldownOptions: { transform: { jsx: { runtime: 'automatic', importSource: 'preact' } } },
    },
    build: {
      assetsInlineLimit: 0,
      // Every MDX file has one such directive; it is harmless.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
});
