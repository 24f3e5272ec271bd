import { defineEcConfig } from '@astrojs/starlight/expressive-code'
import { pluginCollapsibleSections } from '@expressive-code/plugin-collapsible-sections'

// Expressive Code makes a scrolling <pre> a region; a region needs a name of its own.
const namedRegions = () => ({
  name: 'named regions',
  hooks: {
    postprocessRenderedBlock: ({ codeBlock, renderData }) => {
      const place = (codeBlock.parentDocument?.positionInDocument?.groupIndex ?? 0) + 1
      const visit = (node) => {
        if (node.tagName === 'pre') node.properties.ariaLabel = `${codeBlock.props.title ?? codeBlock.language}, code ${place}`
        node.children?.forEach(visit)
      }
      visit(renderData.blockAst)
      if (isDiff(codeBlock)) remove(renderData.blockAst, 'copy')
    },
  },
})

/** Nobody wants to copy the lines of both twins at once. */
const isDiff = (codeBlock) => /starter → solved$/.test(codeBlock.props.title ?? '')

function remove(node, className) {
  if (!node.children) return
  node.children = node.children.filter((child) => ![child.properties?.className ?? []].flat().includes(className))
  node.children.forEach((child) => remove(child, className))
}

export default defineEcConfig({
  plugins: [pluginCollapsibleSections(), namedRegions()],
  themes: ['github-dark', 'github-light'],
  defaultProps: { wrap: true, hangingIndent: 4 },
  styleOverrides: { borderRadius: '0.5rem', codeFontSize: '0.8125rem' },
})
