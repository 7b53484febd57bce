import ts from "typescript";

export interface Reference {
  readonly text: string;
  readonly line: number;
}

export interface ImportReference extends Reference {
  /** `import type`: nothing is left of it when the code runs. */
  readonly typeOnly: boolean;
}

/** What the rules look at in one source file. */
export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly lineCount: number;
  /** Module specifiers of static and dynamic imports and of re-exports. */
  readonly imports: readonly ImportReference[];
  readonly comments: readonly Reference[];
  /** Names used as values or types: not property names, not keys. `Math.sin` and `test.only` come as one text. */
  readonly names: readonly Reference[];
  /** Power operators, with the base where it is a number: `2**` or `**`. */
  readonly operators: readonly Reference[];
}

export function isTestFile(path: string): boolean {
  return path.endsWith(".test.ts");
}

/** Parses with TypeScript's own parser: what it sees is what the compiler sees. */
export function parseSource(path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const imports: ImportReference[] = [];
  const names: Reference[] = [];
  const operators: Reference[] = [];
  const comments = new Map<number, Reference>();
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const reference = (node: ts.Node, value: string): Reference => ({
    text: value,
    line: lineOf(node.getStart(source)),
  });

  const addComments = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) {
      comments.set(pos, { text: text.slice(pos, end), line: lineOf(pos) });
    }
  };
  const visit = (node: ts.Node): void => {
    addComments(ts.getLeadingCommentRanges(text, node.getFullStart()));
    addComments(ts.getTrailingCommentRanges(text, node.getEnd()));
    const specifier = importedModule(node);
    if (specifier !== undefined) imports.push({ ...reference(node, specifier), typeOnly: isTypeOnly(node) });
    if (ts.isPropertyAccessExpression(node)) {
      const chain = dottedName(node);
      if (chain !== undefined) names.push(reference(node, chain));
    }
    if (ts.isIdentifier(node) && isUse(node)) names.push(reference(node, node.text));
    if (ts.isBinaryExpression(node)) {
      const isPower = [
        ts.SyntaxKind.AsteriskAsteriskToken,
        ts.SyntaxKind.AsteriskAsteriskEqualsToken,
      ].includes(node.operatorToken.kind);
      const base = ts.isNumericLiteral(node.left) ? node.left.text : "";
      if (isPower) operators.push(reference(node, `${base}**`));
    }
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  const lineCount = text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return { path, lineCount, imports, names, operators, comments: [...comments.values()] };
}

function importedModule(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return ts.isStringLiteral(node.argument.literal) ? node.argument.literal.text : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument !== undefined && ts.isStringLiteral(argument) ? argument.text : undefined;
  }
  return undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.isTypeOnly ?? false;
  return ts.isExportDeclaration(node) ? node.isTypeOnly : ts.isImportTypeNode(node);
}

/** `a.b.c` for a chain of plain names, undefined for anything else. */
function dottedName(node: ts.PropertyAccessExpression): string | undefined {
  const { expression, name } = node;
  if (ts.isIdentifier(expression)) return `${expression.text}.${name.text}`;
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const before = dottedName(expression);
  return before === undefined ? undefined : `${before}.${name.text}`;
}

/** Whether the identifier refers to something, as opposed to naming a property, a key or part of an import. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  const isMember =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isGetAccessor(parent) ||
    ts.isSetAccessor(parent);
  return !(isMember && parent.name === node);
}
