namespace InferServe.Worker.Generation;

/// <summary>A piece of one of a request's answers.</summary>
/// <param name="Choice">Which answer, from 0.</param>
/// <param name="Piece">What it gets.</param>
internal readonly record struct ChoicePiece(int Choice, AnswerPiece Piece);
