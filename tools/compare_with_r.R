# The other half of compare_with_r.py: reads data sets (JSON), computes each statistic with R, writes the results.
# A result is a vector, with NA for what is not computable. Where R gives a number although nothing can be said
# (one rater, say), the function here says NA and why.

needed <- c("jsonlite", "psych", "coin", "vegan", "matrixStats")
missing <- needed[!vapply(needed, requireNamespace, logical(1), quietly = TRUE)]
if (length(missing)) {
  packages <- paste0("r-cran-", tolower(missing), collapse = " ")
  message("R lacks ", paste(missing, collapse = ", "), " (Debian: apt-get install ", packages, ")")
  quit(status = 2)
}

present <- function(values) {
  values <- as.numeric(values)
  values[!is.na(values)]
}
table_of <- function(data) matrix(as.numeric(data$table), nrow = data$rows, byrow = TRUE)
answers_of <- function(counts) rep(seq_along(counts), as.numeric(counts))

# The categories that anybody used, as Bowker's and Stuart's tests take them.
used_part <- function(table) {
  used <- rowSums(table) + colSums(table) > 0
  table[used, used, drop = FALSE]
}

htest <- function(test) c(test$statistic, test$p.value)

# Signed ranks: positive where a rating rose.
changes_of <- function(data) {
  change <- as.numeric(data$after) - as.numeric(data$before)
  change[!is.na(change)]
}

statistics <- list(
  quantile = function(data) {
    x <- present(data$x)
    if (!length(x)) return(NA)
    quantile(x, data$p, type = data$definition, names = FALSE)
  },
  quantile_of_copies = function(data) {
    x <- rep(as.numeric(data$x), as.numeric(data$weights))
    x <- x[!is.na(x)]
    if (!length(x)) return(NA)
    quantile(x, data$p, type = data$definition, names = FALSE)
  },
  weighted_median = function(data) {
    # With weights of 0 left out, since the function's own way with them depends on their place.
    keep <- !is.na(as.numeric(data$x)) & data$weights > 0
    if (!any(keep)) return(NA)
    matrixStats::weightedMedian(data$x[keep], data$weights[keep], interpolate = FALSE, ties = "mean")
  },
  spread = function(data) {
    x <- answers_of(data$counts)
    if (!length(x)) return(rep(NA, 6))
    # IQR of one answer is 0 in R; one person has no spread.
    iqr <- if (length(x) > 1) IQR(x, type = data$definition) else NA
    c(mean(x), median(x), sd(x), sd(x) / mean(x), iqr, mad(x, constant = 1))
  },
  rand_ucla = function(data) {
    x <- present(data$x)
    if (!length(x)) return(rep(NA, 4))
    ends <- quantile(x, c(0.3, 0.7), type = data$definition, names = FALSE)
    ipras <- 2.35 + 1.5 * abs(5 - mean(ends))
    c(median(x), diff(ends), ipras, diff(ends) / ipras)
  },
  wilson = function(data) {
    if (!data$n) return(c(NA, NA))
    prop.test(data$k, data$n, conf.level = data$confidence, correct = FALSE)$conf.int
  },
  clopper_pearson = function(data) {
    if (!data$n) return(c(NA, NA))
    binom.test(data$k, data$n, conf.level = data$confidence)$conf.int
  },
  friedman = function(data) {
    x <- table_of(data)
    x <- x[complete.cases(x), , drop = FALSE]
    # One rater agrees with nobody; R would give W = 1.
    if (nrow(x) < 2 || ncol(x) < 2) return(rep(NA, 3))
    test <- friedman.test(x)
    c(test$statistic / (nrow(x) * (ncol(x) - 1)), htest(test))
  },
  kendall_global = function(data) {
    x <- table_of(data)
    x <- x[complete.cases(x), , drop = FALSE]
    all_tied <- all(apply(x, 1, function(one) length(unique(one)) == 1))
    if (nrow(x) < 2 || ncol(x) < 2 || all_tied) return(c(NA, NA))
    found <- vegan::kendall.global(t(x), nperm = 1)$Concordance_analysis
    c(found["W", 1], found["Chi2", 1])
  },
  signed_rank = function(data) {
    change <- changes_of(data)
    if (!any(change != 0)) return(c(NA, NA))
    htest(wilcox.test(change, exact = FALSE, correct = FALSE))
  },
  signed_rank_coin = function(data) {
    change <- changes_of(data)
    if (!any(change != 0)) return(c(NA, NA))
    # Of y ~ x the test takes y - x.
    sets <- data.frame(y = change, x = 0)
    way <- if (data$zeros == "pratt") "Pratt" else "Wilcoxon"
    test <- coin::wilcoxsign_test(y ~ x, data = sets, zero.method = way, distribution = "asymptotic")
    c(coin::statistic(test), coin::pvalue(test))
  },
  bowker = function(data) {
    # R's statistic is 0 / 0 where a pair of categories is empty: the tables here have none, or nobody changed.
    x <- used_part(table_of(data))
    if (nrow(x) < 2) return(rep(NA, 3))
    test <- mcnemar.test(x, correct = FALSE)
    c(htest(test), if (is.na(test$statistic)) NA else test$parameter)
  },
  stuart_maxwell = function(data) {
    x <- used_part(table_of(data))
    if (nrow(x) < 2 || sum(x) == sum(diag(x))) return(c(NA, NA))
    dimnames(x) <- list(before = seq_len(nrow(x)), after = seq_len(nrow(x)))
    test <- coin::mh_test(as.table(x))
    # A covariance that is not of full rank: coin goes on with fewer degrees of freedom.
    if (test@statistic@df < nrow(x) - 1) return(c(NA, NA))
    c(coin::statistic(test), coin::pvalue(test))
  },
  kappa = function(data) {
    x <- table_of(data)
    k <- nrow(x)
    apart <- abs(row(x) - col(x)) / (k - 1)
    # All in one cell: agreement is all that chance gives too.
    if (sum(x) == 0 || sum(x > 0) == 1 && sum(diag(x)) > 0) return(rep(NA, 3))
    linear <- psych::cohen.kappa(x, w = 1 - apart)
    quadratic <- psych::cohen.kappa(x)
    c(quadratic$kappa, linear$weighted.kappa, quadratic$weighted.kappa)
  },
  icc = function(data) {
    x <- cbind(as.numeric(data$before), as.numeric(data$after))
    x <- x[complete.cases(x), , drop = FALSE]
    if (nrow(x) < 2 || length(unique(as.vector(x))) < 2) return(NA)
    psych::ICC(x, lmer = FALSE)$results["Single_random_raters", "ICC"]
  },
  spearman = function(data) {
    x <- cbind(as.numeric(data$before), as.numeric(data$after))
    x <- x[complete.cases(x), , drop = FALSE]
    # Two outcomes are always in the same or the opposite order.
    if (nrow(x) < 3) return(NA)
    cor(x[, 1], x[, 2], method = "spearman")
  },
  cvr_critical = function(data) {
    k <- 0:data$n
    enough <- k[pbinom(k - 1, data$n, 0.5, lower.tail = FALSE) <= data$alpha]
    if (!length(enough) || !data$n) return(NA)
    (2 * min(enough) - data$n) / data$n
  },
  modified_kappa = function(data) {
    if (!data$n) return(NA)
    chance <- dbinom(data$agree, data$n, 0.5)
    (data$agree / data$n - chance) / (1 - chance)
  },
  mann_whitney = function(data) {
    x <- present(data$x)
    y <- present(data$y)
    if (!length(x) || !length(y)) return(c(NA, NA))
    exact <- !anyDuplicated(c(x, y)) && min(length(x), length(y)) <= 8
    htest(wilcox.test(x, y, exact = exact))
  },
  kruskal_wallis = function(data) {
    x <- as.numeric(data$x)
    group <- data$group[!is.na(x)]
    x <- present(x)
    if (length(unique(group)) < 2) return(rep(NA, 3))
    test <- kruskal.test(x, factor(group))
    c(htest(test), if (is.na(test$statistic)) NA else test$parameter)
  },
  all_differences = function(data) {
    x <- present(data$x)
    y <- present(data$y)
    if (!length(x) || !length(y)) return(NA)
    median(outer(x, y, "-"))
  },
  hodges_lehmann = function(data) {
    x <- as.numeric(data$x)
    y <- as.numeric(data$y)
    test <- wilcox.test(x, y, exact = TRUE, conf.int = TRUE, conf.level = data$confidence)
    # Too few people for the confidence: R gives the widest interval there is, we give none.
    too_few <- qwilcox((1 - data$confidence) / 2, length(x), length(y)) == 0
    c(test$estimate, if (too_few) c(NA, NA) else test$conf.int)
  }
)

arguments <- commandArgs(trailingOnly = TRUE)
sets <- jsonlite::fromJSON(arguments[1], simplifyDataFrame = FALSE, simplifyMatrix = FALSE)
results <- lapply(sets, function(one) {
  compute <- statistics[[one$r]]
  lapply(one$data, function(data) {
    found <- as.numeric(suppressMessages(suppressWarnings(compute(data))))
    replace(found, !is.finite(found), NA)
  })
})
writeLines(jsonlite::toJSON(results, digits = NA, na = "null"), arguments[2])
