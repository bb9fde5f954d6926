import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import importX, { createNodeResolver } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { onlyIn, rooms } from './scripts/rooms.ts'

const zones = Object.entries(rooms).map(([room, mayImport]) => ({
  target: `./${room}`,
  from: './',
  except: [`./${room}`, './node_modules', './.wxt', ...mayImport.map((allowed) => `./${allowed}`)],
  message: `${room}/ may import ${mayImport.join(', ') || 'nothing of ours'}: see docs/architecture.md.`,
}))

export default tseslint.config(
  { ignores: ['.output/', '.wxt/', 'node_modules/', 'demo-output/', 'test-results/'] },
  js.configs.recommended,
  tseslint.configs.strict,
  vue.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs', '.vue'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'import-x/no-unresolved': ['error', { ignore: ['^#i18n$', '^virtual:'] }], // An import that does not resolve would pass the zones in silence.
      'no-restricted-syntax': [
        'error',
        {
          selector: 'AssignmentExpression > MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
          message: 'Raw HTML is never assigned: build nodes, or use dom/render-html.ts.',
        },
        {
          selector:
            'CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)$/]',
          message: 'Raw HTML is never assigned: build nodes, or use dom/render-html.ts.',
        },
      ],
      'vue/no-v-html': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess asks for it where a length was checked.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } },
    rules: { 'vue/block-order': ['error', { order: ['script', 'template', 'style'] }] },
  },
  {
    files: ['**/*.{ts,js,mjs,vue}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: Object.keys(onlyIn).map((name) => ({ name, message: `Only ${onlyIn[name]}/ may import ${name}.` })) },
      ],
    },
  },
  { files: ['archive/**', 'test/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['scripts/**', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['test/**'], rules: { 'no-restricted-syntax': 'off' } }, // Tests write the pages that the code must not trust.
  prettier,
)
