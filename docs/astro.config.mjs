import { defineConfig } from 'astro/config'
import starlight from '@astrojs/starlight'
import { compactCode, lazySearch } from './src/lib/compact.mjs'
import { exercisesOf } from './src/lib/repository.mjs'

const step = (slug, label, folder = slug) => {
  const minutes = exercisesOf(folder).minutes
  return { slug, label, badge: slug === folder ? { text: `${minutes} min`, variant: 'default' } : undefined }
}

export default defineConfig({
  // SITE_BASE is where the published site lies below its host; learners' own copies are at the root.
  base: process.env.SITE_BASE || '/',
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  // The directive is Astro's own mark on each page, which it has read by then.
  vite: {
    plugins: [lazySearch()],
    build: { rollupOptions: { onwarn: (warning, tell) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || tell(warning) } },
  },
  integrations: [
    // Starlight's own wants the address of a published site, and a copy on a learner's machine has none.
    { name: '@astrojs/sitemap', hooks: {} },
    starlight({
      title: 'marketsvc',
      description: 'A hands-on Java workshop: from blocking JDBC to an async ORM.',
      customCss: ['./src/styles/workshop.css', './src/styles/theme.css'],
      lastUpdated: false,
      credits: false,
      pagination: true,
      sidebar: [
        {
          label: 'Start',
          items: [
            { label: 'Home', link: '/' },
            { slug: 'environment', label: 'Environment' },
            { slug: 'getting-started', label: 'Getting started' },
          ],
        },
        {
          label: 'Steps',
          items: [
            step('step-1-jdbc', '1 · JDBC'),
            step('step-2-jdbi', '2 · Jdbi'),
            step('step-3-pool', '3 · The pool'),
            step('step-4-optimise', '4 · Make it fast'),
            step('step-5-lessons', '5 · Six short programs', 'step-5-async'),
            step('step-5-async', '5 · Async'),
            step('step-6-async-orm', '6 · Async ORM'),
            { slug: 'which-one', label: 'Which one should I pick?' },
            { slug: 'what-next', label: 'What next?' },
          ],
        },
        {
          label: 'Reference',
          items: [
            { slug: 'reference/commands', label: 'Commands' },
            { slug: 'reference/http', label: 'HTTP' },
            { slug: 'reference/settings', label: 'Settings' },
            { slug: 'reference/glossary', label: 'Glossary' },
          ],
        },
        {
          label: 'More',
          items: [
            { slug: 'coming-from-python', label: 'Coming from Python' },
            { slug: 'instructors', label: 'For instructors' },
          ],
        },
      ],
    }),
    compactCode(),
  ],
})
