import js from '@eslint/js'
import globals from 'globals'

export default [
  { ignores: ['node_modules/'] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.node },
    rules: {
      complexity: ['error', { max: 10, variant: 'modified' }],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
]
